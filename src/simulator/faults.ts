import type { ListPage } from './list-ports.ts';
import type { RecordedCall } from './recorder.ts';
import type { Reply } from './reply.ts';

/** Changes to the true answer; with a `status` it is a different answer altogether. */
export interface AlteredReply extends Partial<Reply> {
  /** Makes a different page of a list from the true one. */
  readonly page?: (page: ListPage, call: RecordedCall) => unknown;
  /** How many milliseconds the answer is delayed. */
  readonly delayMs?: number;
  /** Informational responses sent before it. */
  readonly informational?: readonly (102 | 103)[];
  /** Its body is sent in pieces of `pieceBytes` (default 1), with this many milliseconds before each. */
  readonly trickleMs?: number;
  readonly pieceBytes?: number;
  /** This many milliseconds after it, the idle connection gets an unsolicited 408 and is closed. */
  readonly idle408Ms?: number;
}

/** What happens to the answer, or instead of it. */
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

/** A fault to play on chosen calls. */
export interface Fault {
  /** The calls it affects; default: all. */
  readonly when?: (call: RecordedCall) => boolean;
  /** How often; default: until `clearFaults`. */
  readonly times?: number;
  /** Whether a write takes effect anyway; default: only if the client is sent the true answer. */
  readonly applied?: boolean;
  readonly answer: FaultAnswer;
}

/** The faults waiting for their calls. */
export interface FaultQueue {
  readonly add: (fault: Fault) => void;
  /** The first fault that matches the call, counted as used. */
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
