import cluster from 'node:cluster';
import process from 'node:process';
import { createSimulator } from '../simulator/simulator.ts';

/** What the embedded simulator's README query is sent with; it takes any other token and project as well. */
export const simulatorToken = 'demo-token';
export const simulatorProject = 'demo-project';

/** Tells a worker where the simulator of its primary is: its ports and what is ignored must be the same for all. */
const originVariable = 'EMBEDDED_SIMULATOR_ORIGIN';

export interface EmbeddedSimulator {
  readonly origin: URL;
  /** Environment of the workers that are to use it. */
  readonly workerEnv: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** HSS for people without an account, in this process; in a worker, that of its primary. */
export async function startEmbeddedSimulator(): Promise<EmbeddedSimulator> {
  const primarys = cluster.isWorker ? process.env[originVariable] : undefined;
  if (primarys !== undefined) {
    return { origin: new URL(primarys), workerEnv: {}, close: () => Promise.resolve() };
  }
  const simulator = createSimulator({ record: 0 });
  const origin = await simulator.listen();
  return { origin: new URL(origin), workerEnv: { [originVariable]: origin }, close: () => simulator.close() };
}
