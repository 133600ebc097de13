import type { MainOptions } from './main-options.ts';
import { readMainOptions } from './main-options.ts';
import { createSimulator } from './simulator.ts';
import { usage } from './usage.ts';

const options = readOptionsOrExit();

if (options.help) {
  console.log(usage());
} else {
  const simulator = createSimulator({ ...options.switches, record: 0 });
  console.log(await simulator.listen(options.port, options.host));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void simulator.close();
    });
  }
}

function readOptionsOrExit(): MainOptions {
  try {
    return readMainOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
