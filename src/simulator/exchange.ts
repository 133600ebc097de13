import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from './recorder.ts';

/** One request on its way through the simulator. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly call: Call;
  /** Notes that it is the simulator, not the client, who ends the connection early. */
  readonly leave: () => void;
  /** Waits, and rejects when the simulator closes meanwhile. */
  readonly pause: (ms: number) => Promise<void>;
}
