/** Everything in a JSON value, names included. Not recursive: a client's JSON may nest deeper than the stack allows. */
export function leavesOf(json: unknown): readonly unknown[] {
  const found = [json];
  // The list grows during the loop.
  for (const value of found) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) for (const name of Object.keys(value)) found.push(name);
    for (const one of Object.values(value) as unknown[]) found.push(one);
  }
  return found;
}
