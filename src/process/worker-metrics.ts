import { Counter, Registry } from 'prom-client';

/** What the primary counts about its workers. */
export interface WorkerMetrics {
  readonly registry: Registry;
  onDeath(): void;
}

export function createWorkerMetrics(): WorkerMetrics {
  const registry = new Registry();
  const deaths = new Counter({
    name: 'hss_gateway_worker_deaths_total',
    help: 'Workers that died, and were replaced, since the first one started.',
    registers: [registry],
  });
  return { registry, onDeath: () => deaths.inc() };
}
