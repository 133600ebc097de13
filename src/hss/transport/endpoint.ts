/** All endpoints of HSS's API that are called, by the names of its documentation: what counts calls counts these. */
export const endpointNames = ['ListPorts', 'BatchModifyPortStatus'] as const;

/** An endpoint of HSS's API. Each is defined by a file of its own in src/hss. */
export interface Endpoint {
  readonly name: (typeof endpointNames)[number];
  readonly method: 'GET' | 'POST';
  /** Its path, with `{project_id}` in place of the project. */
  readonly template: string;
}

/** A read may be tried again after an answer or a silence; a write only when it was not sent, or throttled. */
export const isRead = ({ method }: Endpoint): boolean => method === 'GET';

/**
 * Parameters as the query of a URL; those that are null are left out. Encoded as every server reads it: `URLSearchParams`
 * writes a blank as `+`, which is one in forms alone.
 */
export function toQuery(parameters: readonly (readonly [string, string | number | null])[]): string {
  let query = '';
  for (const [name, value] of parameters) {
    if (value !== null) query += `${query && '&'}${name}=${encodeURIComponent(`${value}`.toWellFormed())}`;
  }
  return query;
}

/** Path and query of a call, encoded. */
export function endpointPath({ template }: Endpoint, projectId: string, query: string): string {
  return `${template.replace('{project_id}', encodeURIComponent(projectId))}?${query}`;
}
