import cluster, { type Worker } from 'node:cluster';
import process from 'node:process';
import type { Ports } from './start-lines.ts';

/** Tells the primary that this worker serves, and where. */
interface StartedMessage {
  readonly type: 'started';
  readonly ports: Ports;
}

export function tellStarted(ports: Ports): void {
  const message: StartedMessage = { type: 'started', ports };
  // A primary that is gone needs no message any more.
  process.send?.(message, undefined, undefined, () => undefined);
}

/** In the primary: calls `onWorker` for each worker that has begun to serve. */
export function onStarted(onWorker: (worker: Worker, ports: Ports) => void): void {
  cluster.on('message', (worker, message: Partial<StartedMessage> | null) => {
    if (message?.type === 'started' && message.ports) onWorker(worker, message.ports);
  });
}
