import type { PortListPart } from '../hss/port-row.ts';
import type { Read } from './plan-reads.ts';

/** A read that has gone out, and what has become of it. */
export interface SentRead extends Read {
  /** Never rejects: a failure concerns only the windows that need these rows. */
  readonly ended: Promise<void>;
  /** Null until it has come. */
  readonly answer: PortListPart | null;
  readonly failure: Error | null;
}

/** `onAnswer` is told how many rows came, before anybody else learns of them. */
export function trackRead(
  { offset, limit }: Read,
  answered: Promise<PortListPart>,
  onAnswer: (rows: number) => void,
): SentRead {
  const read = {
    offset,
    limit,
    answer: null as PortListPart | null,
    failure: null as Error | null,
    ended: answered.then(
      (answer) => {
        read.answer = answer;
        onAnswer(answer.rows.length);
      },
      (error: unknown) => {
        read.failure = error instanceof Error ? error : new Error('A read failed.', { cause: error });
      },
    ),
  };
  return read;
}
