/** Starts both subgraphs, with Hive Gateway in front, until one of them ends or you press Ctrl-C. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const { PORT = '4000', HSS_PORT = '4001', INVENTORY_PORT = '4002' } = process.env;
// The subgraph refuses everybody except the router.
const { ROUTER_SECRET = randomUUID() } = process.env;

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const children = [];

function start(file, args, env) {
  const child = spawn(process.execPath, [at(file), ...args], {
    cwd: at('.'),
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  child.once('exit', (code) => end(code ?? 1));
  children.push(child);
}

function end(code) {
  for (const child of children) child.kill();
  process.exitCode ??= code;
}

process.once('SIGINT', () => end(0));
process.once('SIGTERM', () => end(0));

await import('./compose.mjs');
start('inventory.mjs', [], { PORT: INVENTORY_PORT });
start('../../dist/main.js', [], { PORT: HSS_PORT, HOST: '127.0.0.1', ROUTER_SECRET, LOG_LEVEL: 'error' });
start(
  'node_modules/@graphql-hive/gateway/dist/bin.js',
  ['supergraph', 'generated/supergraph.graphql', '--config-path', 'routers/hive/gateway.config.ts'],
  { PORT, ROUTER_SECRET },
);

const ports = process.env.HSS_ENDPOINT ? 'the ports of HSS' : 'ports of the EMBEDDED SIMULATOR, token demo-token';
console.log(`Starting http://127.0.0.1:${PORT}/servers, over http://127.0.0.1:${PORT}/graphql (${ports})`);
