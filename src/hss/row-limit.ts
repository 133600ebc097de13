import { maxRows, minRows } from './bounds.ts';

/**
 * How many rows one HSS gives to a read. 200 are documented; sister clouds give 100 whatever is asked for, or refuse to
 * be asked for more. What is learnt holds for all operations, and is forgotten in time.
 */
export interface RowLimit {
  /** The most rows that a read asks for: 10 to 200. */
  max(): number;
  /** Whether some read has given so many rows lately. */
  gives(rows: number): boolean;
  /** A read was answered. */
  onAnswer(asked: number, given: number): void;
  /** A read gave this many rows and no more, though those after them came when they were asked for. */
  onShortAnswer(given: number): void;
  /** What to ask for where so many rows were refused; null where they are not too many. */
  below(asked: number): number | null;
  /** More than this was refused, and this was not. */
  onRefused(asked: number): void;
}

/** One short answer may be a list that moves; two that end after the same number of rows are a limit. */
const minShortAnswers = 2;
/** … where the same HSS has given more lately. */
const minShortAnswersAfterMore = 4;
/** HSS may be another one tomorrow. */
const memoryMs = 10 * 60_000;
/** What was no limit is soon forgotten: two lists of one length may have moved. A limit is learnt anew by one answer. */
const suspicionMs = 60_000;
/** Asked for in turn where more is refused: older editions of HSS's documents say 100. */
const ladder = [100, 50, 20, minRows];

export function createRowLimit(now: () => number = () => performance.now()): RowLimit {
  const learnt = createExpiringNumber(maxRows, now);
  /** The largest limit that was not refused … */
  const accepted = createExpiringNumber(0, now);
  /** … and the most rows that came. */
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
      // No read can ask for fewer: the list has moved.
      if (rows < minRows) return;
      const count = rows === shortAnswers.rows ? shortAnswers.count + 1 : 1;
      // What was learnt once, and has been forgotten, is learnt anew by one answer.
      shortAnswers = { rows, count };
      const enough = rows < given.get() ? minShortAnswersAfterMore : minShortAnswers;
      if (count >= enough) learn(rows, suspicionMs);
    },
    below: (asked) => (asked <= accepted.get() ? null : (ladder.find((rows) => rows < asked) ?? null)),
    onRefused: (asked) => learn(asked),
  };
}

/** A number that is forgotten when it has not been set for a while. */
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
