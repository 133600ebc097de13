/** Starts the gateway and the page on top of it, until one of them ends or you press Ctrl-C. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const { PORT = '4000', PAGE_PORT = '5173', HSS_ENDPOINT = 'simulator' } = process.env;
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

process.env.GATEWAY_URL = `http://127.0.0.1:${PORT}`;
// The page then offers the simulator's hosts, and says that they are invented.
process.env.VITE_SIMULATED = String(HSS_ENDPOINT === 'simulator');

const gateway = spawn(process.execPath, [at('../../dist/main.js')], {
  stdio: 'inherit',
  env: { ...process.env, PORT, HOST: '127.0.0.1', LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' },
});
// However this ends: otherwise the gateway would keep running, for example if the page's port is taken.
process.once('exit', () => gateway.kill());
const page = await createServer({ root: at('.'), server: { port: Number(PAGE_PORT) } });

function end(code) {
  gateway.kill();
  void page.close();
  process.exitCode ??= code;
}

gateway.once('exit', (code) => end(code ?? 1));
process.once('SIGINT', () => end(0));
process.once('SIGTERM', () => end(0));

await page.listen();
console.log(`Open ${page.resolvedUrls.local[0]} (gateway: http://127.0.0.1:${PORT}/graphql)`);
