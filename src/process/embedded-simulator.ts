import cluster from 'node:cluster';
import process from 'node:process';
import { createSimulator } from '../simulator/simulator.ts';

/** Sent with the README's query to the embedded simulator, which takes any other token and project as well. */
export const simulatorToken = 'demo-token';
export const simulatorProject = 'demo-project';

/** Tells a worker where its primary's simulator is: all must share its ports and which of them are ignored. */
const originVariable = 'EMBEDDED_SIMULATOR_ORIGIN';

export interface EmbeddedSimulator {
  readonly origin: URL;
  /** Environment for the workers that use it. */
  readonly workerEnv: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts an HSS for people without an account, in this process; in a worker, finds its primary's. */
export async function startEmbeddedSimulator(): Promise<EmbeddedSimulator> {
  const primarys = cluster.isWorker ? process.env[originVariable] : undefined;
  if (primarys !== undefined) {
    return { origin: new URL(primarys), workerEnv: {}, close: () => Promise.resolve() };
  }
  const simulator = createSimulator({ record: 0 });
  const origin = await simulator.listen();
  return { origin: new URL(origin), workerEnv: { [originVariable]: origin }, close: () => simulator.close() };
}
