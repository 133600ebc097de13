/** Adds the headers of every response: the id under which logs mention it, and that browsers must not guess its type. */
export function addCommonHeaders(headers: Record<string, string>, requestId: string): void {
  headers['x-request-id'] = requestId;
  headers['x-content-type-options'] = 'nosniff';
}
