/**
 * The worst that operations can make a gateway hold, at Node's defaults: `npm run build && npx tsx bench/memory.ts`.
 * Prints the largest resident set of a fresh process after each mix; exits with 1 where one is at 400 MiB or above, or
 * where the gateway did not answer afterwards.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';

const maxMiB = 400;

/** Bodies of a list of 200 rows, by the length of their texts; the last are as large as the gateway takes. */
const bodies = new Map(
  [
    ['usual', { path: 30, other: 12 }],
    ['documented', { path: 256, other: 128 }],
    ['long', { path: 19_000, other: 12 }],
    ['wide', { path: 19_000, other: 12, letter: '端' }],
  ].map(([name, size]) => [name as string, Buffer.from(JSON.stringify(bodyOf(size as Size)))]),
);

interface Size {
  readonly path: number;
  readonly other: number;
  readonly letter?: string;
}

function bodyOf({ path, other, letter = 'p' }: Size) {
  const text = (length: number, row: number): string => String(row).padEnd(length, 'x');
  return {
    total_num: 200,
    data_list: Array.from({ length: 200 }, (_, row) => ({
      agent_id: text(Math.min(other, 64), row),
      container_id: text(other, row),
      laddr: text(other, row),
      // Two bytes a character in a heap, three on the wire.
      path: `${row}${letter.repeat(letter === 'p' ? path : path / 3)}`,
      pid: row + 1,
      port: row + 1,
      status: 'danger',
      type: 'TCP',
    })),
  };
}

/** An HSS whose hosts are named by what they are like, and by a number. */
const hss = createServer((incoming, response) => {
  const host = new URL(incoming.url ?? '', 'http://hss').searchParams.get('host_id') ?? '';
  const body = bodies.get(host.split('-')[0] ?? '') ?? Buffer.from('{"total_num":0}');
  // All answers at once are worse than one after the other.
  setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(body), 50);
});
await new Promise<void>((resolve) => hss.listen(0, '127.0.0.1', resolve));

const agent = new Agent({ connections: 100, bodyTimeout: 0, headersTimeout: 0 });
const allFields = 'id port protocol status listenAddress pid executablePath agentId containerId host { id }';
const ids = (kind: string, count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `${kind}-${from + index}`);

interface Operation {
  readonly query: string;
  readonly variables?: object;
  /** Whether its caller never reads the answer. */
  readonly unread?: boolean;
}

const pages = (kind: string, hosts: number, from = 0, fields = allFields, limit = 200): Operation => ({
  query: `query ($ids: [ID!]!) { hosts(ids: $ids) { ports(page: { limit: ${limit} }) { nodes { ${fields} } } } }`,
  variables: { ids: ids(kind, hosts, from) },
});
const aliases = (kind: string, count: number): Operation => ({
  query: `{ host(id: "${kind}-0") { ports(page: { limit: 200 }) { nodes { ${Array.from(
    { length: count },
    (_, index) => `a${index}: executablePath`,
  ).join(' ')} } } } }`,
});
const samePage = (kind: string, count: number): Operation => ({
  query: `{ host(id: "${kind}-0") { ${Array.from(
    { length: count },
    (_, index) => `a${index}: ports(page: { limit: 200 }) { nodes { ${allFields} } }`,
  ).join(' ')} } }`,
});
const sorted = (kind: string, hosts: number): Operation => ({
  query: `query ($ids: [ID!]!) { hosts(ids: $ids) { ${Array.from(
    { length: 10 },
    (_, index) =>
      `a${index}: ports(page: { limit: 200 }, filter: { executablePathContains: "${index}" }, orderBy: [{ field: EXECUTABLE_PATH }]) { nodes { executablePath } }`,
  ).join(' ')} } }`,
  variables: { ids: ids(kind, hosts) },
});
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

const mixes: Record<string, readonly Operation[]> = {
  'one page of ten': [{ query: '{ host(id: "usual-0") { ports { nodes { id port } } } }' }],
  '25 reads of long paths': [pages('long', 25)],
  'five largest operations, usual rows': times(5, (i) => pages('usual', 100, i * 100)),
  'five largest operations, rows at the documented maximum': times(5, (i) => pages('documented', 100, i * 100)),
  'forty operations of 100 reads, long paths': times(40, (i) => pages('long', 100, i * 100, 'port')),
  'forty operations of 100 reads, wide paths': times(40, (i) => pages('wide', 100, i * 100, 'executablePath')),
  'one long row under fifty names': times(10, () => aliases('long', 50)),
  'one long list under fifty names': times(10, () => samePage('long', 50)),
  'one documented list under fifty names': times(20, () => samePage('documented', 40)),
  'sorted ten ways': times(40, () => sorted('documented', 10)),
  'answers that nobody reads': times(60, (i) => ({ ...pages('documented', 10, i * 10), unread: true })),
  'all of it': [
    ...times(10, (i) => pages('long', 100, i * 100)),
    ...times(10, (i) => pages('wide', 100, i * 100)),
    ...times(10, (i) => pages('documented', 100, i * 100)),
    ...times(10, () => aliases('long', 50)),
    ...times(10, () => samePage('documented', 40)),
    ...times(20, (i) => ({ ...pages('documented', 10, i * 10), unread: true })),
    ...times(40, () => sorted('documented', 10)),
  ],
};

async function startGateway() {
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      HSS_ENDPOINT: `http://127.0.0.1:${(hss.address() as AddressInfo).port}`,
      HSS_PROJECT_ID: 'project',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The gateway ended with ${code}.`)));
    lines.on('line', (line) => {
      const { url: listening } = JSON.parse(line) as { url?: string };
      if (listening !== undefined) resolve(listening);
    });
  });
  return { child, url };
}

/** How an operation ended: its status, the codes of its errors, and how long its answer is. */
async function run(url: string, { query, variables, unread }: Operation) {
  const { body, statusCode } = await request(url, {
    dispatcher: agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
    body: JSON.stringify({ query, variables }),
  });
  if (unread) {
    await sleep(4_000);
    body.on('error', () => undefined).destroy();
    return { statusCode, bytes: 0, codes: ['unread'] };
  }
  let bytes = 0;
  let text = '';
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (text.length < 1_000_000) text += chunk.toString('latin1');
  }
  return { statusCode, bytes, codes: [...new Set([...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code))] };
}

const peakMiB = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const table = [];
const only = process.argv[2];
for (const [name, operations] of Object.entries(mixes)) {
  if (only !== undefined && !name.includes(only)) continue;
  const { child, url } = await startGateway();
  const started = performance.now();
  const ends = await Promise.all(
    operations.map((operation) =>
      run(url, operation).catch((error: unknown) => ({ statusCode: 0, bytes: 0, codes: [String(error)] })),
    ),
  );
  const after = await run(url, { query: '{ host(id: "usual-0") { ports { totalCount } } }' }).catch(() => null);
  const peak = peakMiB(child.pid ?? 0);
  table.push({
    mix: name,
    'peak MiB': Math.round(peak),
    seconds: Math.round((performance.now() - started) / 100) / 10,
    'answer MiB': Math.round((Math.max(...ends.map(({ bytes }) => bytes)) / 2 ** 20) * 10) / 10,
    codes: [...new Set(ends.flatMap(({ codes }) => codes))].join(' '),
    answers: after?.statusCode === 200 && after.codes.length === 0,
  });
  console.error(name, Math.round(peak));
  child.kill('SIGKILL');
  if (peak >= maxMiB || !table.at(-1)?.answers) process.exitCode = 1;
}
console.table(table);
hss.close();
hss.closeAllConnections();
await agent.close();
