import { readMainOptions } from './main-options.ts';
import { createSimulator } from './simulator.ts';
import { usage } from './usage.ts';

const options = await orExit(() => readMainOptions(process.argv.slice(2)));

if (options.help) {
  console.log(usage());
} else {
  const simulator = createSimulator({ ...options.switches, record: 0 });
  console.log(await orExit(() => simulator.listen(options.port, options.host)));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void simulator.close();
    });
  }
}

/** Says what is wrong with the command line or the port, without a stack. */
async function orExit<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
