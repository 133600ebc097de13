import { maxRows, minRows } from './bounds.ts';

/**
 * How many rows one HSS returns per read. 200 are documented; sister clouds return 100 whatever is asked for, or refuse
 * requests for more. What is learnt holds for all operations, and expires.
 */
export interface RowLimit {
  /** The most rows a read may ask for: 10 to 200. */
  max(): number;
  /** Whether a recent read returned `rows` or more. */
  gives(rows: number): boolean;
  /** A read was answered. */
  onAnswer(asked: number, given: number): void;
  /** A read returned only this many rows, though the rows after them came when asked for. */
  onShortAnswer(given: number): void;
  /** What to ask for after `asked` rows were refused; null if `asked` is not too many. */
  below(asked: number): number | null;
  /** This was accepted after more was refused. */
  onRefused(asked: number): void;
}

/** One short answer may come from a list that moved; two with the same number of rows are a limit. */
const minShortAnswers = 2;
/** … or four, if HSS has returned more lately. */
const minShortAnswersAfterMore = 4;
/** HSS's limit may change. */
const memoryMs = 10 * 60_000;
/** A suspected limit expires soon: two lists of one length may have moved. A real one is relearnt from one answer. */
const suspicionMs = 60_000;
/** Tried in turn when more is refused: older editions of HSS's documents say 100. */
const ladder = [100, 50, 20, minRows];

export function createRowLimit(now: () => number = () => performance.now()): RowLimit {
  const learnt = createExpiringNumber(maxRows, now);
  /** The largest limit that was accepted … */
  const accepted = createExpiringNumber(0, now);
  /** … and the most rows returned. */
  const given = createExpiringNumber(0, now);
  let shortAnswers = { rows: 0, count: 0 };

  function learn(rows: number, forMs = memoryMs): void {
    learnt.set(Math.min(rows, learnt.get()), forMs);
  }

  return {
    max: () => learnt.get(),
    gives: (rows) => given.get() >= rows,
    onAnswer(asked, rows) {
      if (asked >= accepted.get()) accepted.set(asked);
      if (rows >= given.get()) given.set(rows);
      if (rows > shortAnswers.rows) shortAnswers = { rows: 0, count: 0 };
    },
    onShortAnswer(rows) {
      // No read can ask for fewer, so the list has moved.
      if (rows < minRows) return;
      const count = rows === shortAnswers.rows ? shortAnswers.count + 1 : 1;
      // A limit that was learnt and has expired is relearnt from one answer.
      shortAnswers = { rows, count };
      const enough = rows < given.get() ? minShortAnswersAfterMore : minShortAnswers;
      if (count >= enough) learn(rows, suspicionMs);
    },
    below: (asked) => (asked <= accepted.get() ? null : (ladder.find((rows) => rows < asked) ?? null)),
    onRefused: (asked) => learn(asked),
  };
}

/** A number that reverts to `initial` unless set again in time. */
function createExpiringNumber(
  initial: number,
  now: () => number,
): { get(): number; set(value: number, forMs?: number): void } {
  let value = initial;
  let forgottenAt = Infinity;
  return {
    get: () => (now() < forgottenAt ? value : initial),
    set(next, forMs = memoryMs) {
      value = next;
      forgottenAt = now() + forMs;
    },
  };
}
