import type { ListPage } from './list-ports.ts';
import type { RecordedCall } from './recorder.ts';
import type { Reply } from './reply.ts';

/** The true answer, but for what is given here; with a `status` it is another answer altogether. */
export interface AlteredReply extends Partial<Reply> {
  /** Makes another page of a list out of the true one. */
  readonly page?: (page: ListPage, call: RecordedCall) => unknown;
  /** It is late by so many milliseconds. */
  readonly delayMs?: number;
  /** Answers without a body that go out before it. */
  readonly informational?: readonly (102 | 103)[];
  /** Its body goes out in pieces of `pieceBytes` (default 1) with this much time between them. */
  readonly trickleMs?: number;
  readonly pieceBytes?: number;
  /** So many milliseconds after it the idle connection is told 408, which nobody asked for, and is closed. */
  readonly idle408Ms?: number;
}

/** What happens in place of the answer, or to it. */
export type FaultAnswer =
  | AlteredReply
  /** No answer, ever. */
  | 'hang'
  /** The connection is reset before, or after, the headers of the answer. */
  | 'reset'
  | 'reset-after-headers'
  /** The true answer ends in the middle of its body. */
  | 'cut-body'
  /** A list of more than 16 MiB. */
  | 'huge-body';

/** A fault on cue. */
export interface Fault {
  /** The calls it befalls; default: all. */
  readonly when?: (call: RecordedCall) => boolean;
  /** How often; default: until `clearFaults`. */
  readonly times?: number;
  /** Whether a write takes effect nevertheless; default: only where the client is sent the true answer. */
  readonly applied?: boolean;
  readonly answer: FaultAnswer;
}

/** The faults that wait for their call. */
export interface FaultQueue {
  readonly add: (fault: Fault) => void;
  /** The first fault that fits the call, counted as used. */
  readonly take: (call: RecordedCall) => Fault | null;
  readonly clear: () => void;
}

/** An empty queue; faults are tried in the order in which they were added. */
export function createFaultQueue(): FaultQueue {
  const waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? Infinity });
    },
    take(call) {
      const entry = waiting.find(({ fault, left }) => left > 0 && (fault.when?.(call) ?? true));
      if (!entry) return null;
      entry.left -= 1;
      return entry.fault;
    },
    clear() {
      waiting.length = 0;
    },
  };
}
