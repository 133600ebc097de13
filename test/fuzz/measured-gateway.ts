import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { builtGateway } from '../support/build.ts';

export interface Measurements {
  /** The longest that the event loop stood since this was read before, in milliseconds of CPU. */
  readonly stallMs: number;
  /** The most memory since then. */
  readonly rssMiB: number;
  /** What a fixed piece of work takes on this machine, in milliseconds of CPU. */
  readonly calibrationMs: number;
}

export interface MeasuredGateway {
  /** Of `/graphql`. */
  readonly url: string;
  /** The HSS that it asks. */
  readonly simulator: Simulator;
  measure(): Promise<Measurements>;
  isAlive(): boolean;
  /** Lines of the log that tell of a bug. */
  readonly bugs: readonly string[];
  close(): Promise<void>;
}

/** The built gateway in a process that tells how long its event loop stands, before a simulator in this one. */
export async function startMeasuredGateway(env: Readonly<Record<string, string>> = {}): Promise<MeasuredGateway> {
  const simulator = createSimulator({ record: 0 });
  const child = spawn(
    process.execPath,
    ['--import', new URL('probe.mjs', import.meta.url).href, fileURLToPath(await builtGateway())],
    {
      env: { PORT: '0', HSS_ENDPOINT: await simulator.listen(), HSS_PROJECT_ID: 'project', ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const bugs: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The gateway has ended.')));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const { level, msg, url } = JSON.parse(line) as { level: string; msg: string; url: string };
      if (level === 'error' || level === 'fatal') bugs.push(line);
      if (msg === 'listening') resolve(url);
    });
  });
  return {
    url,
    simulator,
    bugs,
    async measure() {
      child.send('measure');
      const [measurements] = (await once(child, 'message')) as [Measurements];
      return measurements;
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async close() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await simulator.close();
    },
  };
}
