import type { Answer } from './held-hss.ts';

/** A call that is under way at HSS, as it should be. */
export interface ModelCall {
  readonly token: string;
  readonly project: string;
  /** Null of a write. */
  readonly host: string | null;
  /** Index among all calls that reach HSS. */
  readonly index: number;
  /** The operations that wait for it, by their index, and which of its three tries it is for each. */
  readonly riders: Map<number, number>;
  /** Whether an equal read may still join it. */
  isOpen: boolean;
}

/** Which calls reach HSS, and what each operation comes to: the rules, without any of the machinery. */
export interface Model {
  readonly underWay: readonly ModelCall[];
  /** How many calls have reached HSS. */
  readonly calls: number;
  /** What operations have come to, by their index; those that wait are not in it. */
  readonly outcomes: ReadonlyMap<number, string>;
  read(operation: number, token: string, project: string, host: string): void;
  write(operation: number, token: string, project: string): void;
  /** Tells whether the call is now ended, for nobody waits for it any more. */
  leave(operation: number): boolean;
  /** Tells whether the call is tried again. */
  answer(call: ModelCall, how: Answer): boolean;
}

const codeOf: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  503: 'UPSTREAM_UNAVAILABLE',
};

export function createModel(): Model {
  let underWay: ModelCall[] = [];
  const outcomes = new Map<number, string>();
  let calls = 0;

  function begin(call: Omit<ModelCall, 'index' | 'isOpen'>): void {
    underWay.push({ ...call, index: calls++, isOpen: call.host !== null });
  }
  function end(call: ModelCall, outcome: string): void {
    underWay = underWay.filter((other) => other !== call);
    for (const operation of call.riders.keys()) outcomes.set(operation, outcome);
  }

  return {
    get underWay() {
      return underWay;
    },
    get calls() {
      return calls;
    },
    outcomes,
    read(operation, token, project, host) {
      const equal = underWay.find(
        (call) => call.isOpen && call.token === token && call.project === project && call.host === host,
      );
      if (equal) equal.riders.set(operation, 1);
      else begin({ token, project, host, riders: new Map([[operation, 1]]) });
    },
    write(operation, token, project) {
      begin({ token, project, host: null, riders: new Map([[operation, 1]]) });
    },
    leave(operation) {
      outcomes.set(operation, 'left');
      const call = underWay.find(({ riders }) => riders.has(operation));
      // A write is let finish.
      if (!call?.host) return false;
      call.riders.delete(operation);
      if (call.riders.size > 0) return false;
      end(call, 'left');
      return true;
    },
    answer(call, how) {
      const status = how === 'true' ? 200 : how === 'reset' ? null : how.status;
      const isFailure = status === null || status === 503;
      if (call.host === null) {
        if (isFailure || status === 200) {
          for (const read of underWay) if (read.project === call.project) read.isOpen = false;
        }
        const refusal = status === 401 ? 'UNAUTHENTICATED' : 'REJECTED';
        end(call, status === 200 ? 'ACCEPTED' : isFailure ? 'UNKNOWN' : refusal);
        return false;
      }
      const retried = new Map(
        [...call.riders].flatMap(([operation, tries]) => (tries < 3 ? [[operation, tries + 1]] : [])),
      );
      if (isFailure && retried.size > 0) {
        for (const operation of retried.keys()) call.riders.delete(operation);
        end(call, codeOf[503]!);
        begin({ ...call, riders: retried });
        return true;
      }
      end(call, status === 200 ? `${call.token} ${call.index + 1}` : codeOf[status ?? 503]!);
      return false;
    },
  };
}
