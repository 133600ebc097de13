/** All endpoints of HSS's API that are called, by their documented names: counts of calls use these. */
export const endpointNames = ['ListPorts', 'BatchModifyPortStatus'] as const;

/** An endpoint of HSS's API. Each is defined in its own file in src/hss. */
export interface Endpoint {
  readonly name: (typeof endpointNames)[number];
  readonly method: 'GET' | 'POST';
  /** Its path, with `{project_id}` in place of the project. */
  readonly template: string;
}

/** A read may be retried after an answer or a silence; a write only if it was not sent, or was throttled. */
export const isRead = ({ method }: Endpoint): boolean => method === 'GET';

/**
 * Parameters as a URL query, without those that are null. Encoded so that every server reads it: `URLSearchParams`
 * writes a space as `+`, which is one only in forms.
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
