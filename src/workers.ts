import cluster from 'node:cluster';
import process from 'node:process';

/** Runs the gateway in so many processes that share the port; a worker that dies is replaced. */
export function runWorkers(count: number): void {
  let isEnding = false;
  cluster.on('exit', () => {
    if (!isEnding) cluster.fork();
    else if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      isEnding = true;
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
    });
  }
  for (let index = 0; index < count; index++) cluster.fork();
}
