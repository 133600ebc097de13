import type { ApolloClient } from '@apollo/client';
import { setPortIgnore, type Result } from './set-port-ignore.ts';

/** Asks once more for what is UNKNOWN: saying the same twice is safe. */
export async function setPortIgnoreWithRetry(
  client: ApolloClient,
  ignore: boolean,
  portIds: string[],
): Promise<Result[]> {
  const results = await setPortIgnore(client, ignore, portIds);
  const unknown = results.filter(({ outcome }) => outcome === 'UNKNOWN').map(({ portId }) => portId);
  if (unknown.length === 0) return results;
  const second = await setPortIgnore(client, ignore, unknown);
  const settled = new Map(second.map((result) => [result.portId, result]));
  return results.map((result) => settled.get(result.portId) ?? result);
}
