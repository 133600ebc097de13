/** All that a JSON value holds, names among it. Not by recursion: what a client sends may nest deeper than a stack. */
export function leavesOf(json: unknown): readonly unknown[] {
  const found = [json];
  // It grows while it is read.
  for (const value of found) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) for (const name of Object.keys(value)) found.push(name);
    for (const one of Object.values(value) as unknown[]) found.push(one);
  }
  return found;
}
