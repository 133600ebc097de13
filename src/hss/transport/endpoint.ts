/** An endpoint of HSS's API. */
export interface Endpoint {
  /** By HSS's documentation. */
  readonly name: 'ListPorts' | 'BatchModifyPortStatus';
  readonly method: 'GET' | 'POST';
  /** Its path, with `{project_id}` in place of the project. */
  readonly template: string;
}

/** A read may be tried again after an answer or a silence; a write only when it was not sent, or throttled. */
export const isRead = ({ method }: Endpoint): boolean => method === 'GET';

/** Path and query of a call, encoded. */
export function endpointPath({ template }: Endpoint, projectId: string, query: URLSearchParams): string {
  // A blank as every server reads it: `+` is one in forms alone.
  const parameters = query.toString().replaceAll('+', '%20');
  return `${template.replace('{project_id}', encodeURIComponent(projectId))}?${parameters}`;
}
