import type { ApolloClient } from '@apollo/client';
import { setPortIgnore, type Port, type Result } from './set-port-ignore.ts';

/**
 * Asks once more for what is UNKNOWN. It stays so unless HSS accepts it then: HSS may reject the second of two equal
 * requests, and so a refusal does not tell that the first did not happen.
 */
export async function setPortIgnoreWithRetry(client: ApolloClient, ignore: boolean, ports: Port[]): Promise<Result[]> {
  const results = await setPortIgnore(client, ignore, ports);
  const unknown = results.filter(({ outcome }) => outcome === 'UNKNOWN');
  if (unknown.length === 0) return results;
  const again = unknown.map(({ portId, ignoreKey }) => ({ id: portId, ignoreKey }));
  // Where this fails as a whole, what the first try has told still holds.
  const retried = await setPortIgnore(client, ignore, again).catch((): Result[] => []);
  const accepted = new Map(
    retried.filter(({ outcome }) => outcome === 'ACCEPTED').map((result) => [result.portId, result]),
  );
  return results.map((result) => accepted.get(result.portId) ?? result);
}
