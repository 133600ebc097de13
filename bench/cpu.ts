/**
 * CPU a request of the built gateway, against a pass-through that does the least: one page of ten ports of one host a
 * request, limits, log and metrics on; the same with the id in the text of the document; documents that are refused; and both
 * of them new, as no other client has sent them. All are answered from the same upstream on this machine, in turn, and are
 * warm. It fails nobody: `npm run bench`.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { freePort } from '../test/support/free-port.ts';

const rounds = 7;
const requestsARound = 4_000;
const connections = 32;
const token = 'x'.repeat(2_000);

const row = 'agentId containerId listenAddress executablePath pid port status protocol';
const ports = (limit: number): string => `ports(page: { limit: ${limit} }) { totalCount nodes { ${row} } }`;
const query = `query Page($id: ID!) { host(id: $id) { ${ports(10)} } }`;

/** Ten rows, the same for every host. */
const rows = Array.from({ length: 10 }, (_, index) => ({
  host_id: 'host',
  laddr: '0.0.0.0',
  status: 'normal',
  port: 1_024 + index,
  type: 'TCP',
  pid: 1_000 + index,
  path: '/usr/sbin/service',
  agent_id: '4ecc1a54e7cdce5aaf3ae4f1a6a0e1bbcfd4c1b4a2',
  container_id: '',
}));

/** More hosts than one operation may read. */
const idsFrom = (id: string): string[] => Array.from({ length: 21 }, (_, index) => `${id}-${index}`);

interface Target {
  readonly child: ChildProcess;
  readonly pool: Pool;
}

interface Measured {
  readonly name: string;
  readonly target: Target;
  readonly send: (index: number) => Parameters<Pool['request']>[0];
  /** The error of every response; null where it is to have none. */
  readonly code: string | null;
  readonly microseconds: number[];
}

async function startUpstream(): Promise<string> {
  const server = createServer((request, response) => {
    const hostId = new URL(request.url ?? '', 'http://hss').searchParams.get('host_id');
    const body = JSON.stringify({ total_num: 10, data_list: rows.map((one) => ({ ...one, host_id: hostId })) });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function start(file: string, endpoint: string): Promise<Target> {
  const port = String(await freePort());
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', new URL('report-cpu.mjs', import.meta.url).href],
    env: { NODE_ENV: 'production', PORT: port, HOST: '127.0.0.1', HSS_ENDPOINT: endpoint, HSS_PROJECT_ID: 'p' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections });
  for (;;) {
    try {
      await (await pool.request({ method: 'GET', path: '/health' })).body.dump();
      break;
    } catch {
      await wait(100);
    }
  }
  return { child, pool };
}

async function cpuOf({ child }: Target): Promise<number> {
  child.send('cpu');
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return user + system;
}

async function run({ name, target, send, code }: Measured): Promise<void> {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < requestsARound) {
      const { statusCode, body } = await target.pool.request(send(next++ % 1_000));
      const text = await body.text();
      if (statusCode !== 200 || !text.includes(code ?? '') || text.includes('"errors"') !== (code !== null))
        throw new Error(`${name} fails.`);
    }
  };
  await Promise.all(Array.from({ length: connections }, caller));
}

let names = 0;
/** An operation that no one has sent before. */
const newName = (): string => `Page${names++}`;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const endpoint = await startUpstream();
const passThrough = await start('pass-through.mjs', endpoint);
const gateway = await start('../dist/main.js', endpoint);

const ofGateway = (name: string, toBody: (id: string) => object, code: string | null = null): Measured => ({
  name,
  target: gateway,
  send: (index) => ({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'x-auth-token': token },
    body: JSON.stringify(toBody(`host-${index}`)),
  }),
  code,
  microseconds: [],
});

const measured: Measured[] = [
  {
    name: 'pass-through',
    target: passThrough,
    send: (index) => ({
      method: 'GET',
      path: `/v5/p/asset/ports?host_id=host-${index}&limit=10&offset=0`,
      headers: { 'x-auth-token': token },
    }),
    code: null,
    microseconds: [],
  },
  ofGateway('gateway', (id) => ({ query, variables: { id } })),
  ofGateway('  id in the text', (id) => ({ query: `{ host(id: "${id}") { ${ports(10)} } }` })),
  ofGateway(
    '  no such field',
    (id) => ({ query: `query ($id: ID!) { host(id: $id) { name ${ports(10)} } }`, variables: { id } }),
    'GRAPHQL_VALIDATION_FAILED',
  ),
  ofGateway('  a new document', (id) => ({ query: `query ${newName()} { host(id: "${id}") { ${ports(10)} } }` })),
  ofGateway(
    '  new, no such field',
    (id) => ({ query: `query ${newName()} { host(id: "${id}") { name ${ports(10)} } }` }),
    'GRAPHQL_VALIDATION_FAILED',
  ),
  ofGateway(
    '  too expensive',
    (id) => ({
      query: `query ($ids: [ID!]!) { hosts(ids: $ids) { ${ports(1_000)} } }`,
      variables: { ids: idsFrom(id) },
    }),
    'COST_LIMIT_EXCEEDED',
  ),
];
try {
  for (const one of measured) await run(one);
  for (let round = 0; round < rounds; round++) {
    for (const one of measured) {
      const before = await cpuOf(one.target);
      await run(one);
      one.microseconds.push(((await cpuOf(one.target)) - before) / requestsARound);
    }
  }
  const least = median(measured[0]?.microseconds ?? []);
  for (const { name, microseconds } of measured) {
    const middle = median(microseconds);
    console.log(`${name.padEnd(22)} ${middle.toFixed(0).padStart(5)} µs a request  ${(middle / least).toFixed(2)} x`);
  }
} finally {
  for (const { child } of [passThrough, gateway]) child.kill('SIGKILL');
}
