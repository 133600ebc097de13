import cluster from 'node:cluster';
import process from 'node:process';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createLog } from './log.ts';
import { hssProxyOf } from './process/hss-proxy.ts';
import { misspeltVariables } from './process/misspelt-variables.ts';
import { runGateway } from './process/run-gateway.ts';
import { logMisspelt } from './process/start-lines.ts';
import { runWorkers } from './process/workers.ts';

const misspelt = misspeltVariables(process.env);

function configOrExit(): Config {
  try {
    const config = readConfig(process.env);
    return { ...config, hssProxy: hssProxyOf(config) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const hints = misspelt.map(({ variable, like }) => `  ${variable}: looks like a misspelt ${like}\n`);
    process.stderr.write(`${error.message}\n${hints.join('')}`);
    process.exit(1);
  }
}

const config = configOrExit();
const log = createLog(config.logLevel);
if (cluster.isPrimary) logMisspelt(log, misspelt);
const hasWorkers = config.workers > 1 && cluster.isPrimary;
try {
  await (hasWorkers ? runWorkers(config, log) : runGateway(config, log));
} catch (error) {
  log.fatal({ reason: error instanceof Error ? error.message : String(error) }, 'cannot start');
  process.exit(1);
}
