import type { SimulatedHost } from './hosts.ts';
import type { IgnoreState } from './ignore-state.ts';
import type { RecordedCall } from './recorder.ts';
import type { Reply } from './reply.ts';
import type { SimulatorSwitches } from './switches.ts';
import type { Caller } from './tokens.ts';

/** What an operation sees: an admitted request and the state of HSS. */
export interface OperationInput {
  readonly call: RecordedCall;
  readonly caller: Caller;
  /** The hosts of the request's project. */
  readonly hosts: ReadonlyMap<string, SimulatedHost>;
  readonly ignoreState: IgnoreState;
  readonly switches: SimulatorSwitches;
}

/** The answer and, separately, what the request changes: a fault may let either happen without the other. */
export interface Outcome {
  readonly reply: Reply;
  readonly apply: () => void;
}

/** One endpoint. It throws a Refusal if HSS answers with an error. */
export type Operation = (input: OperationInput) => Promise<Outcome>;
