import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from './recorder.ts';

/** One request on its way through the simulator. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly call: Call;
  /** Records that the simulator, not the client, ends the connection early. */
  readonly leave: () => void;
  /** Waits, and rejects if the simulator closes meanwhile. */
  readonly pause: (ms: number) => Promise<void>;
}
