/**
 * Load on a gateway while HSS flaps between good, slow, failing and gone: `npx tsx bench/soak.ts 60` (seconds).
 * Exits with 1 where an answer was wrong or mixed between tokens, or where afterwards the gateway does not answer
 * normally or holds more memory or sockets than before.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { errorCodes } from '../src/errors/codes.ts';
import { gatewayError, hssError } from '../src/simulator/error-replies.ts';
import type { FaultAnswer } from '../src/simulator/faults.ts';
import { createSimulator } from '../src/simulator/simulator.ts';

const seconds = Number(process.argv[2] ?? 60);
const phaseMs = 2_500;
const callers = 40;
const operationTimeoutMs = 3_000;

// Every token sees the hosts of its own enterprise project alone, so that a row in the wrong hands shows.
const owners = ['a', 'b', 'c'] as const;
type Owner = (typeof owners)[number];
const hosts = owners.flatMap((owner, place) =>
  Array.from({ length: 15 }, (_, index) => ({
    owner,
    hostId: `host-${owner}-${index}`,
    ports: Array.from({ length: index * 30 }, (_row, row) => 1 + (place * 15 + index) * 500 + row),
  })),
);
type Host = (typeof hosts)[number];

const simulator = createSimulator({
  record: 0,
  strictTokens: owners.map((owner) => ({ token: `token-${owner}`, enterpriseProjects: [`ep-${owner}`, 'ep-none'] })),
  data: hosts.map(({ owner, hostId, ports }) => ({
    hostId,
    enterpriseProjectId: `ep-${owner}`,
    rows: ports.map((port, row) => ({ ...rowOf(hostId, owner), port, pid: row + 1 })),
  })),
});

function rowOf(hostId: string, owner: Owner) {
  const agent = { agent_id: `agent-${hostId}`, container_id: '', host_id: hostId };
  return { ...agent, laddr: '0.0.0.0', path: `/of/${owner}`, status: 'normal', type: 'TCP' };
}

const origin = new URL(await simulator.listen());
const phases = {
  good: () => undefined,
  slow: () => {
    simulator.switches.latencyMs = 150;
    simulator.on({ when: () => Math.random() < 0.2, answer: { delayMs: 2_000 } });
  },
  failing: () => {
    const answers: FaultAnswer[] = [
      gatewayError('APIGW.0613', 503),
      gatewayError('APIGW.0201', 504),
      { ...gatewayError('APIGW.0308', 429), headers: { 'retry-after': '1' } },
      gatewayError('APIGW.0301', 401),
      hssError('HSS.0041', 500),
      { status: 200, body: '<html>', contentType: 'text/html' },
      { status: 200, body: {} },
      'hang',
      'reset',
      'reset-after-headers',
      'cut-body',
      { trickleMs: 5, pieceBytes: 50 },
    ];
    for (const answer of answers) simulator.on({ when: () => Math.random() < 0.12, answer });
  },
  gone: () => simulator.close(),
};

async function flap(until: number): Promise<void> {
  for (let round = 0; Date.now() < until; round++) {
    const name = Object.keys(phases)[round % 4] as keyof typeof phases;
    await phases[name]();
    await sleep(Math.min(phaseMs, Math.max(0, until - Date.now())));
    simulator.clearFaults();
    simulator.switches.latencyMs = 0;
    if (name === 'gone') await simulator.listen(Number(origin.port));
  }
}

/** The gateway as it is run, in a process that collects its garbage when told to. */
async function startGateway() {
  const collector = "data:text/javascript,process.on('SIGUSR2', () => globalThis.gc())";
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', '--import', collector, 'src/main.ts'], {
    env: {
      ...process.env,
      PORT: '0',
      HSS_ENDPOINT: origin.href,
      HSS_PROJECT_ID: 'project',
      HSS_ENTERPRISE_PROJECT_ID: 'all_granted_eps',
      HSS_CONNECTIONS: '20',
      HSS_TIMEOUT_MS: '1000',
      OPERATION_TIMEOUT_MS: String(operationTimeoutMs),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const bad: string[] = [];
  const lines = createInterface(child.stdout);
  const url = await new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const { level, msg, url: listening } = JSON.parse(line) as { level: string; msg: string; url?: string };
      if (listening !== undefined) resolve(listening);
      // What HSS fails is warned of, and meant here.
      if (level !== 'info' && msg !== 'operation' && !msg.startsWith('a breaker')) bad.push(line);
    });
  });
  return { child, url, bad };
}

const { child, url, bad } = await startGateway();

async function metric(name: string): Promise<number> {
  const { body } = await request(new URL('/metrics', url));
  const line = (await body.text()).split('\n').find((text) => text.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

/** What the gateway holds when nobody asks it anything. */
async function holdings() {
  // Longer than undici keeps an idle connection to HSS.
  await sleep(6_000);
  for (let times = 0; times < 3; times++) {
    child.kill('SIGUSR2');
    await sleep(300);
  }
  return {
    heapMiB: (await metric('nodejs_heap_size_used_bytes')) / 2 ** 20,
    rssMiB: (await metric('process_resident_memory_bytes')) / 2 ** 20,
    files: await metric('process_open_fds'),
    sockets: await metric('nodejs_active_resources{type="TCPSocketWrap"}'),
    timers: (await metric('nodejs_active_resources{type="Timeout"}')) || 0,
  };
}

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly port: number; readonly executablePath: string }[];
}
interface Answer {
  readonly data: { readonly hosts: readonly { readonly id: string; readonly ports: Page | null }[] };
  readonly errors?: readonly { readonly path: readonly unknown[]; readonly extensions: { readonly code: string } }[];
}

const tally = { operations: 0, whole: 0, partial: 0, left: 0, writes: 0, slowestMs: 0 };
const codes = new Map<string, number>();
const wrong: string[] = [];

const query = `query ($ids: [ID!]!, $page: OpenPortPageInput!) {
  hosts(ids: $ids) { id ports(page: $page) { totalCount nodes { port executablePath } } }
}`;

async function send(dispatcher: Agent, owner: Owner, body: object, signal?: AbortSignal) {
  const answer = await request(url, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': `token-${owner}` },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
  return { status: answer.statusCode, answer: (await answer.body.json()) as Answer };
}

/** Whether the answer is right, as far as there is one; faults have their code and null nothing but their own field. */
function check(owner: Owner, asked: readonly Host[], page: { offset: number; limit: number }, answer: Answer): boolean {
  const { data, errors = [] } = answer;
  assert.deepEqual(
    data.hosts.map(({ id }) => id),
    asked.map(({ hostId }) => hostId),
  );
  data.hosts.forEach(({ ports }, index) => {
    const host = asked[index]!;
    const failed = errors.some(({ path }) => path[1] === index);
    assert.equal(ports === null, failed, 'null where, and only where, there is an error');
    if (ports === null) return;
    const rows = host.owner === owner ? host.ports : [];
    assert.equal(ports.totalCount, rows.length);
    assert.deepEqual(
      ports.nodes.map(({ port, executablePath }) => `${port} ${executablePath}`),
      rows.slice(page.offset, page.offset + page.limit).map((port) => `${port} /of/${owner}`),
    );
  });
  for (const { extensions } of errors) {
    assert.ok(errorCodes.some((code) => code === extensions.code && code !== 'INTERNAL_SERVER_ERROR'));
    codes.set(extensions.code, (codes.get(extensions.code) ?? 0) + 1);
  }
  return errors.length === 0;
}

async function ask(dispatcher: Agent): Promise<void> {
  const owner = pick(owners);
  const asked = Array.from({ length: 1 + Math.floor(Math.random() * 8) }, () => pick(hosts));
  const page = { offset: pick([0, 0, 10, 200]), limit: pick([1, 10, 100, 450]) };
  const leavesMs = Math.random() < 0.1 ? Math.round(Math.random() * 300) : null;
  const start = performance.now();
  try {
    const variables = { ids: asked.map(({ hostId }) => hostId), page };
    const signal = leavesMs === null ? undefined : AbortSignal.timeout(leavesMs);
    const { status, answer } = await send(dispatcher, owner, { query, variables }, signal);
    assert.equal(status, 200);
    if (check(owner, asked, page, answer)) tally.whole += 1;
    else tally.partial += 1;
  } catch (error) {
    if (leavesMs !== null && (error as Error).name === 'TimeoutError') tally.left += 1;
    else wrong.push(String(error));
  }
  tally.operations += 1;
  if (leavesMs === null) tally.slowestMs = Math.max(tally.slowestMs, performance.now() - start);
}

async function write(dispatcher: Agent): Promise<void> {
  const owner = pick(owners);
  const { hostId } = pick(hosts.filter((host) => host.owner === owner));
  const ports = Array.from({ length: 250 }, (_, port) => ({ agentId: `agent-${hostId}`, port, protocol: 'TCP' }));
  const { answer } = await send(dispatcher, owner, {
    query: `mutation ($ports: [OpenPortKeyInput!]) {
      setPortIgnore(input: { ignore: true, ports: $ports }) { results { outcome } }
    }`,
    variables: { ports },
  });
  const data = answer.data as unknown as { setPortIgnore: { results: unknown[] } } | null;
  const isRight = data
    ? data.setPortIgnore.results.length === ports.length
    : answer.errors?.[0]?.extensions.code === 'UNAUTHENTICATED';
  if (!isRight) wrong.push(`a write: ${JSON.stringify(answer).slice(0, 300)}`);
  tally.writes += 1;
}

const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!;

async function load(until: number): Promise<void> {
  const dispatcher = new Agent({ connections: callers });
  const caller = async (): Promise<void> => {
    while (Date.now() < until) {
      await (Math.random() < 0.02 ? write(dispatcher) : ask(dispatcher));
      await sleep(10 + Math.random() * 20);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  await dispatcher.destroy();
}

/** Seconds until every token is answered wholly again; the breaker probes at least every half minute. */
async function recover(): Promise<number> {
  const start = Date.now();
  const dispatcher = new Agent();
  const page = { offset: 0, limit: 1_000 };
  for (;;) {
    const wholes = await Promise.all(
      owners.map(async (owner) => {
        const asked = hosts.filter((host) => host.owner === owner);
        const variables = { ids: asked.map(({ hostId }) => hostId), page };
        return check(owner, asked, page, (await send(dispatcher, owner, { query, variables })).answer);
      }),
    );
    if (wholes.every(Boolean) || Date.now() - start > 40_000) break;
    await sleep(250);
  }
  await dispatcher.destroy();
  return (Date.now() - start) / 1000;
}

let exitCode = 1;
try {
  await load(Date.now() + 5_000);
  const before = await holdings();
  await Promise.all([flap(Date.now() + seconds * 1000), load(Date.now() + seconds * 1000)]);
  const recoverySeconds = await recover();
  const after = await holdings();

  console.log(`${seconds} s, ${callers} callers, ${owners.length} tokens:`, tally);
  console.log('errors by code:', Object.fromEntries(codes), 'recovered after', recoverySeconds, 's');
  console.log('before:', before);
  console.log('after: ', after);
  const faults = [
    ...wrong.slice(0, 5),
    ...bad.slice(0, 5).map((line) => `log: ${line}`),
    ...(recoverySeconds > 35 ? ['The gateway does not answer normally.'] : []),
    ...(tally.slowestMs > operationTimeoutMs + 5_000 ? ['An answer took longer than the deadline.'] : []),
    ...(after.heapMiB > before.heapMiB * 1.25 + 5 ? ['Memory was not given back.'] : []),
    ...(after.sockets > before.sockets || after.files > before.files ? ['Sockets were not closed.'] : []),
  ];
  console.log(faults.length === 0 ? 'No fault.' : faults.join('\n'));
  exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error);
} finally {
  child.kill('SIGKILL');
  await simulator.close();
  process.exit(exitCode);
}
