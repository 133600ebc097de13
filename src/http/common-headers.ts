/** Adds what every response has: the id by which logs tell of it, and that its body is of no other type than it says. */
export function addCommonHeaders(headers: Record<string, string>, requestId: string): void {
  headers['x-request-id'] = requestId;
  headers['x-content-type-options'] = 'nosniff';
}
