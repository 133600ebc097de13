import type { ApolloClient } from '@apollo/client';
import { setPortIgnore, type Port, type Result } from './set-port-ignore.ts';

/** Asks once more for what is UNKNOWN: saying the same twice is safe. */
export async function setPortIgnoreWithRetry(client: ApolloClient, ignore: boolean, ports: Port[]): Promise<Result[]> {
  const results = await setPortIgnore(client, ignore, ports);
  const unknown = results.filter(({ outcome }) => outcome === 'UNKNOWN');
  if (unknown.length === 0) return results;
  const again = unknown.map(({ portId, ignoreKey }) => ({ id: portId, ignoreKey }));
  const settled = new Map((await setPortIgnore(client, ignore, again)).map((result) => [result.portId, result]));
  return results.map((result) => settled.get(result.portId) ?? result);
}
