import type { ApolloClient } from '@apollo/client';
import { setPortIgnore, type Port, type Result } from './set-port-ignore.ts';

/**
 * Tries once more for ports that are UNKNOWN. They stay UNKNOWN unless HSS accepts the second try: HSS may reject the
 * second of two equal requests, so a refusal does not prove that the first had no effect.
 */
export async function setPortIgnoreWithRetry(client: ApolloClient, ignore: boolean, ports: Port[]): Promise<Result[]> {
  const results = await setPortIgnore(client, ignore, ports);
  const unknown = results.filter(({ outcome }) => outcome === 'UNKNOWN');
  if (unknown.length === 0) return results;
  const again = unknown.map(({ portId, ignoreKey }) => ({ id: portId, ignoreKey }));
  // If this fails as a whole, the results of the first try still hold.
  const retried = await setPortIgnore(client, ignore, again).catch((): Result[] => []);
  const accepted = new Map(
    retried.filter(({ outcome }) => outcome === 'ACCEPTED').map((result) => [result.portId, result]),
  );
  return results.map((result) => accepted.get(result.portId) ?? result);
}
