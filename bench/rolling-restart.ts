/**
 * Restarts two gateways behind HAProxy in turn, again and again, while clients ask, and counts what went wrong for them.
 * `npx tsx bench/rolling-restart.ts [seconds]` needs HAProxy, and installs Debian's package where root may. Fails when a
 * single request did.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { createSimulator } from '../src/simulator/simulator.ts';

const seconds = Number(process.argv[2] ?? 40);
const clients = 16;
const project = new URL('..', import.meta.url).pathname;
const ports = { balancer: 4300, gateways: [4301, 4302] } as const;
const token = 'x'.repeat(32_768);

const folder = mkdtempSync(join(tmpdir(), 'rolling-restart-'));
/** Slow enough that operations are under way whenever a gateway is told to end. */
const simulator = createSimulator({ latencyMs: 40, record: 0 });
const hssEndpoint = await simulator.listen();

function startBalancer(): ChildProcess {
  if (spawnSync('haproxy', ['-v']).error !== undefined) {
    execFileSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq haproxy'], { stdio: 'inherit' });
  }
  const config = readFileSync(join(project, 'deploy/haproxy/haproxy.cfg'), 'utf8')
    .replace('bind :4000', `bind 127.0.0.1:${ports.balancer}`)
    .replace('127.0.0.1:4001', `127.0.0.1:${ports.gateways[0]}`)
    .replace('127.0.0.1:4002', `127.0.0.1:${ports.gateways[1]}`);
  writeFileSync(join(folder, 'haproxy.cfg'), config);
  // -db: in the foreground.
  return spawn('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function startGateway(port: number): Promise<ChildProcess> {
  const env = { HSS_ENDPOINT: hssEndpoint, HSS_PROJECT_ID: 'project', PORT: String(port), LOG_LEVEL: 'warn' };
  const gateway = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: project,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await untilReady(port);
  return gateway;
}

async function untilReady(port: number): Promise<void> {
  for (;;) {
    const { statusCode, body } = await request(`http://127.0.0.1:${port}/ready`).catch(() => ({
      statusCode: 0,
      body: null,
    }));
    await body?.dump();
    if (statusCode === 200) return;
    await sleep(50);
  }
}

/** Counts by what came back; the key of a good answer is `ok`. */
const counts = new Map<string, number>();
let slowest = 0;

const query = 'query { host(id: "host-350") { ports(page: { limit: 20 }) { totalCount nodes { id port } } } }';
const mutation =
  'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "agent", port: 22, protocol: TCP }] }) { acceptedCount } }';

async function ask(dispatcher: Agent, index: number): Promise<string> {
  const isWrite = index % 10 === 0;
  try {
    const { statusCode, body } = await request(`http://127.0.0.1:${ports.balancer}/graphql`, {
      dispatcher,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': token },
      body: JSON.stringify({ query: isWrite ? mutation : query }),
    });
    const text = await body.text();
    if (statusCode !== 200) return `HTTP ${statusCode}`;
    const { data, errors } = JSON.parse(text) as {
      data?: { host?: { ports: { totalCount: number; nodes: unknown[] } }; setPortIgnore?: { acceptedCount: number } };
      errors?: unknown;
    };
    if (errors !== undefined) return `errors: ${JSON.stringify(errors)}`;
    const isRight = isWrite
      ? data?.setPortIgnore?.acceptedCount === 1
      : data?.host?.ports.totalCount === 350 && data.host.ports.nodes.length === 20;
    return isRight ? 'ok' : 'wrong data';
  } catch (error) {
    return `no answer: ${(error as Error & { code?: string }).code ?? (error as Error).message}`;
  }
}

async function client(until: number): Promise<void> {
  const dispatcher = new Agent({ connections: 1 });
  for (let index = 0; performance.now() < until; index++) {
    const start = performance.now();
    const outcome = await ask(dispatcher, index);
    slowest = Math.max(slowest, performance.now() - start);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    // Pauses of many lengths, so that connections get idle too.
    if (index % 50 === 49) await sleep(Math.random() * 1_500);
  }
  await dispatcher.close();
}

const gateways = await Promise.all(ports.gateways.map(startGateway));
const balancer = startBalancer();
await untilReady(ports.balancer);
const until = performance.now() + seconds * 1000;
const load = Promise.all(Array.from({ length: clients }, () => client(until)));
let restarts = 0;
for (let turn = 0; performance.now() < until - 5_000; turn = 1 - turn) {
  // The balancer has the other one back on its list by now.
  await sleep(2_000);
  gateways[turn]!.kill('SIGTERM');
  const [code] = (await once(gateways[turn]!, 'exit')) as [number | null];
  if (code !== 0) counts.set(`exit code ${code}`, 1);
  gateways[turn] = await startGateway(ports.gateways[turn]!);
  restarts += 1;
}
await load;

const exits = [...gateways, balancer].map((child) => once(child, 'exit'));
for (const child of [...gateways, balancer]) child.kill('SIGTERM');
await Promise.all(exits);
await simulator.close();
rmSync(folder, { recursive: true });

const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
const failed = total - (counts.get('ok') ?? 0);
console.log(`${seconds} s, ${clients} clients, ${restarts} restarts: ${total} requests, ${failed} failed`);
console.log(`slowest answer ${Math.round(slowest)} ms; outcomes ${JSON.stringify(Object.fromEntries(counts))}`);
process.exitCode = failed === 0 && restarts > 1 ? 0 : 1;
