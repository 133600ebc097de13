import { closestMatch } from 'leven';
import { variables } from '../config.ts';

/** A variable that is not ours, and the one of ours that may have been meant. */
export interface Misspelt {
  readonly variable: string;
  readonly like: string;
}

/** NODE_ENV is not ours alone, but decides what is open. */
const known = [...variables, 'NODE_ENV'];

/**
 * What Kubernetes sets for each service of a namespace: `<SERVICE>_SERVICE_HOST`, `<SERVICE>_PORT=tcp://…` and more.
 * @see https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables
 */
const isOfKubernetes = (variable: string, value = ''): boolean =>
  /_SERVICE_(HOST|PORT)(_\w+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_\w+)?$/.test(variable) ||
  (variable.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value));

/** By how many letters a misspelling may differ: PATH is two from PORT, TRUSTED_PROXY three from TRUSTED_PROXIES. */
const maxDistanceOf = ({ length }: string): number => (length < 8 ? 1 : length < 12 ? 2 : 3);

/** For HSS_TIMEOUT, HSS_TIMEOUT_MS. */
const withoutItsEnd = (variable: string): string | undefined =>
  variable.includes('_') ? known.find((name) => name.startsWith(`${variable}_`)) : undefined;

/**
 * Variables that differ from one of ours by a few letters, only in case, or by a missing last word, and a NODE_ENV that
 * was meant to be `production`. They have no effect.
 */
export function misspeltVariables(env: Readonly<Record<string, string | undefined>>): Misspelt[] {
  return Object.entries(env).flatMap(([variable, value]) => {
    // Any other value means development, with everything that is open there.
    if (variable === 'NODE_ENV' && value !== 'production' && /^prod/i.test(value ?? ''))
      return [{ variable, like: 'NODE_ENV=production' }];
    if (known.includes(variable) || isOfKubernetes(variable, value)) return [];
    const name = variable.toUpperCase();
    const like = closestMatch(name, known, { maxDistance: maxDistanceOf(name) }) ?? withoutItsEnd(name);
    return like === undefined ? [] : [{ variable, like }];
  });
}
