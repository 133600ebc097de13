import cluster from 'node:cluster';
import process from 'node:process';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createLog } from './log.ts';
import { runGateway } from './process/run-gateway.ts';
import { runWorkers } from './process/workers.ts';

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

const config = configOrExit();
const log = createLog(config.logLevel);
const hasWorkers = config.workers > 1 && cluster.isPrimary;
try {
  await (hasWorkers ? runWorkers(config, log) : runGateway(config, log));
} catch (error) {
  log.fatal({ reason: error instanceof Error ? error.message : String(error) }, 'cannot start');
  process.exit(1);
}
