import type { Hss } from '../hss/client.ts';
import { HssError, type HssErrorKind } from '../hss/transport/errors.ts';
import type { Category } from '../hss/list-ports.ts';
import {
  maxTargets,
  toOperateType,
  type OperateType,
  type PortStatusChange,
  type PortTarget,
} from '../hss/modify-port-status.ts';
import { groupBy } from '../group-by.ts';

/** One port of a change, and where HSS is to look for it. */
export interface PortChange extends PortTarget {
  readonly category: Category;
  readonly enterpriseProjectId: string | null;
}

/** What goes out in one call. */
type Chunk = Omit<PortStatusChange, 'ignore'>;

/** What is known of one target after the change. */
export type Outcome =
  | { readonly kind: 'accepted' }
  /** HSS refused the call that it went out in, or the call never reached HSS. */
  | { readonly kind: 'rejected'; readonly error: HssError; readonly chunkSize: number }
  /** It was sent and no answer came: it may have happened. */
  | { readonly kind: 'unknown'; readonly error: HssError };

/** What a write came to, for the audit log. */
export interface Audit {
  readonly operateType: OperateType;
  /** Targets as given. */
  readonly targets: number;
  /** Calls' worth of distinct targets, those that were not sent included. */
  readonly chunks: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
  /** Why targets were not accepted, each kind once. */
  readonly kinds: readonly HssErrorKind[];
}

/**
 * Ignores ports, or stops ignoring them: an outcome for each target, in order. Equal targets are sent once. Rejects
 * only where HSS answers the first call with 401: the caller may not ask at all.
 */
export type ChangePortStatus = (ignore: boolean, targets: readonly PortChange[]) => Promise<readonly Outcome[]>;

export function createChangePortStatus(hss: Hss, onChanged: (audit: Audit) => void): ChangePortStatus {
  return async (ignore, targets) => {
    const chunks = toChunks(targets);
    const outcomes = new Map<string, Outcome>();
    // Only a bug leaves a target without an outcome: it may or may not have been sent.
    const toOutcome = (target: PortChange): Outcome =>
      outcomes.get(identityOf(target)) ?? { kind: 'unknown', error: new HssError('unavailable') };
    try {
      await sendAll(hss, ignore, chunks, outcomes);
    } finally {
      // After a bug, too: what was accepted before it has happened.
      onChanged(toAudit(ignore, chunks.length, targets.map(toOutcome)));
    }
    return targets.map(toOutcome);
  };
}

/** How many calls it takes to change these targets, but for retries. */
export function countWrites(targets: readonly PortChange[]): number {
  return toChunks(targets).length;
}

function toAudit(ignore: boolean, chunks: number, outcomes: readonly Outcome[]): Audit {
  const count = (kind: Outcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  return {
    operateType: toOperateType(ignore),
    targets: outcomes.length,
    chunks,
    accepted: count('accepted'),
    rejected: count('rejected'),
    unknown: count('unknown'),
    kinds: [...new Set(outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? [] : [outcome.error.kind])))],
  };
}

/**
 * Sends the chunks, and puts the outcome of each target where its identity stands for it. Each answer decides its chunk
 * alone, but for a 401 to the first: the caller may not ask at all.
 */
async function sendAll(
  hss: Hss,
  ignore: boolean,
  chunks: readonly Chunk[],
  outcomes: Map<string, Outcome>,
): Promise<void> {
  // One after the other: HSS throttles writes by the minute, so chunks side by side would only be throttled sooner.
  for (const [index, chunk] of chunks.entries()) {
    const outcome = await send(hss, ignore, chunk);
    const mayNotAsk = index === 0 && outcome.kind === 'rejected' && outcome.error.status === 401;
    for (const { targets } of mayNotAsk ? chunks : [chunk]) {
      for (const target of targets) outcomes.set(identityOf(target), outcome);
    }
    // Nothing more is sent.
    if (mayNotAsk) throw outcome.error;
  }
}

async function send(hss: Hss, ignore: boolean, chunk: Chunk): Promise<Outcome> {
  try {
    await hss.modifyPortStatus({ ignore, ...chunk });
    return { kind: 'accepted' };
  } catch (error) {
    if (!(error instanceof HssError)) throw error;
    const { status, sent, retryAfterSeconds } = error;
    if (!sent) {
      const unavailable = new HssError('unavailable', { sent, retryAfterSeconds, cause: error });
      return { kind: 'rejected', error: unavailable, chunkSize: chunk.targets.length };
    }
    if (status !== null && isRefusal(error, status))
      return { kind: 'rejected', error, chunkSize: chunk.targets.length };
    return { kind: 'unknown', error };
  }
}

/** Whether HSS has said no. A 2xx that is no JSON, like silence and a 5xx, says nothing about what happened. */
function isRefusal({ kind }: HssError, status: number): boolean {
  return status < 400 ? kind !== 'bad-response' : status < 500;
}

/** Equal agent, port, protocol and container are one target to HSS. */
const identityOf = ({ agentId, port, protocol, containerId }: PortTarget): string =>
  JSON.stringify([agentId, port, protocol, containerId]);

/** Distinct targets, at most 200 a chunk, each chunk of one category and enterprise project. */
function toChunks(targets: readonly PortChange[]): Chunk[] {
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
    const [{ category, enterpriseProjectId }] = place;
    const chunks: Chunk[] = [];
    for (let index = 0; index < place.length; index += maxTargets)
      chunks.push({ category, enterpriseProjectId, targets: place.slice(index, index + maxTargets) });
    return chunks;
  });
}
