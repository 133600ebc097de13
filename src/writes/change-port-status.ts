import type { Hss } from '../hss/client.ts';
import { HssError } from '../hss/transport/errors.ts';
import { toAudit, type Audit } from './audit.ts';
import { accepted, interrupted, outcomeOfFailure, refused, type Outcome } from './outcome.ts';
import { isRefused, targetKey, toChunks, type Chunk, type Target } from './port-change.ts';

/**
 * Ignores ports, or stops ignoring them: an outcome for each target, in order. Equal targets are sent once. Rejects
 * only if HSS answers the first call with 401: the caller has no access at all.
 */
export type ChangePortStatus = (ignore: boolean, targets: readonly Target[]) => Promise<readonly Outcome[]>;

export interface WriteObserver {
  /** Told of every write, whatever its result, before its caller is. */
  readonly onChanged: (audit: Audit) => void;
  /** Told of each call that failed, and why. */
  readonly onFailure: (error: HssError) => void;
  /** Told of errors that should not happen: that call's targets are unknown, all others have their own outcome. */
  readonly onBug: (error: unknown) => void;
}

/** HSS throttles writes per minute: more at once would only be throttled sooner. */
const maxChunksAtOnce = 4;

export function createChangePortStatus(hss: Pick<Hss, 'modifyPortStatus'>, observer: WriteObserver): ChangePortStatus {
  function outcomeOf(error: unknown, ports: number): Outcome {
    if (error === null) return accepted;
    if (error instanceof HssError) return outcomeOfFailure(error, ports);
    observer.onBug(error);
    return interrupted;
  }

  return async (ignore, targets) => {
    const chunks = toChunks(targets);
    const outcomes = new Map<string, Outcome>();
    const settle = (chunk: Chunk, error: unknown): void => {
      const outcome = outcomeOf(error, chunk.targets.length);
      for (const target of chunk.targets) outcomes.set(targetKey(target), outcome);
    };
    /** Each answer decides only its own chunk. Returns the error, or null. */
    const send = async (chunk: Chunk): Promise<unknown> => {
      const error = await hss.modifyPortStatus({ ignore, ...chunk }).then(
        () => null,
        (caught: unknown) => caught,
      );
      if (error instanceof HssError) observer.onFailure(error);
      settle(chunk, error);
      return error;
    };

    const [first, ...others] = chunks;
    // Alone: a 401 to it decides for all, as the caller has no access.
    const error = first ? await send(first) : null;
    const denial = error instanceof HssError && error.status === 401 ? error : null;
    if (denial) for (const chunk of others) settle(chunk, denial);
    else await inParallel(others, maxChunksAtOnce, send);

    const results = targets.map((target) => ({
      target,
      // All chunks are settled, so it is there.
      outcome: isRefused(target) ? refused(target.refusal) : (outcomes.get(targetKey(target)) as Outcome),
    }));
    observer.onChanged(toAudit(ignore, chunks.length, results));
    if (denial) throw denial;
    return results.map(({ outcome }) => outcome);
  };
}

/** Calls `run` for each item in order, at most `max` at once. */
async function inParallel<T>(items: readonly T[], max: number, run: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await run(item);
  };
  await Promise.all(Array.from({ length: max }, worker));
}
