import type { Hss } from '../hss/client.ts';
import { HssError } from '../hss/errors.ts';
import type { Category } from '../hss/list-ports.ts';
import { mostTargets, type PortTarget } from '../hss/modify-port-status.ts';
import { groupBy } from './group-by.ts';

/** One port of a change, and where HSS is to look for it. */
export interface PortChange extends PortTarget {
  readonly category: Category;
  readonly enterpriseProjectId: string | null;
}

/** What is known of one target after the change. */
export type Outcome =
  | { readonly kind: 'accepted' }
  /** HSS refused it, or it never reached HSS. */
  | { readonly kind: 'rejected'; readonly error: HssError }
  /** It was sent and no answer came: it may have happened. */
  | { readonly kind: 'unknown'; readonly error: HssError };

/** What a write came to, for the audit log. */
export interface Audit {
  readonly ignore: boolean;
  /** Targets as given. */
  readonly targets: number;
  /** Calls' worth of distinct targets, those that were not sent included. */
  readonly chunks: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
}

/** Ignores ports, or stops ignoring them: an outcome for each target, in order. Equal targets are sent once. */
export type ChangePortStatus = (ignore: boolean, targets: readonly PortChange[]) => Promise<readonly Outcome[]>;

export function createChangePortStatus(hss: Hss, onChanged: (audit: Audit) => void): ChangePortStatus {
  return async (ignore, targets) => {
    const outcomes = new Map<string, Outcome>();
    const chunks = toChunks(targets);
    let stopped: Unauthenticated | null = null;
    // One after the other: HSS throttles writes by the minute, so chunks side by side would only be throttled sooner.
    for (const chunk of chunks) {
      const outcome: Outcome = stopped ?? (await send(hss, ignore, chunk));
      // A token that is not accepted is not tried again: HSS locks a credential that fails several times in a row.
      if (isUnauthenticated(outcome)) stopped = outcome;
      for (const target of chunk) outcomes.set(identityOf(target), outcome);
    }
    const results = targets.map((target) => outcomes.get(identityOf(target)) as Outcome);
    const count = (kind: Outcome['kind']): number => results.filter((outcome) => outcome.kind === kind).length;
    onChanged({
      ignore,
      targets: targets.length,
      chunks: chunks.length,
      accepted: count('accepted'),
      rejected: count('rejected'),
      unknown: count('unknown'),
    });
    // The first chunk's 401 says that the caller may not ask at all.
    if (stopped && results[0] === stopped) throw stopped.error;
    return results;
  };
}

async function send(hss: Hss, ignore: boolean, chunk: readonly PortChange[]): Promise<Outcome> {
  const [{ category, enterpriseProjectId }] = chunk as [PortChange];
  try {
    await hss.modifyPortStatus({ ignore, category, enterpriseProjectId, targets: chunk });
    return { kind: 'accepted' };
  } catch (error) {
    if (!(error instanceof HssError)) throw error;
    if (!error.sent) return { kind: 'rejected', error: new HssError('unavailable', { ...error, cause: error }) };
    return { kind: isRefusal(error) ? 'rejected' : 'unknown', error };
  }
}

/** Whether HSS has said no. A 200 that is no JSON, like silence and a 5xx, says nothing about what happened. */
function isRefusal({ kind, status }: HssError): boolean {
  return status !== null && status < 500 && kind !== 'bad-response';
}

type Unauthenticated = Extract<Outcome, { kind: 'rejected' }>;
const isUnauthenticated = (outcome: Outcome): outcome is Unauthenticated =>
  outcome.kind === 'rejected' && outcome.error.status === 401;

/** Equal agent, port, protocol and container are one target to HSS. */
const identityOf = ({ agentId, port, protocol, containerId }: PortTarget): string =>
  JSON.stringify([agentId, port, protocol, containerId]);

/** Distinct targets, at most 200 a chunk, each chunk of one category and enterprise project. */
function toChunks(targets: readonly PortChange[]): PortChange[][] {
  const distinct = new Map<string, PortChange>();
  for (const target of targets) {
    const identity = identityOf(target);
    if (!distinct.has(identity)) distinct.set(identity, target);
  }
  const places = groupBy([...distinct.values()], ({ category, enterpriseProjectId }) => [
    category,
    enterpriseProjectId,
  ]);
  return places.flatMap((place) => {
    const chunks: PortChange[][] = [];
    for (let index = 0; index < place.length; index += mostTargets)
      chunks.push(place.slice(index, index + mostTargets));
    return chunks;
  });
}
