import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createGateway } from '../../src/gateway.ts';
import { createGatewayServer } from '../../src/http/server.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { startHeldHss } from '../flights/held-hss.ts';
import { eventually } from '../support/eventually.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const write = JSON.stringify({
  query:
    'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }',
});
const head = (length: number | null, ...more: readonly string[]): string =>
  [
    'POST /graphql HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    'X-Auth-Token: t',
    length === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`,
    ...more,
    '\r\n',
  ].join('\r\n');

const open = (url: string): Socket => connect(Number(new URL(url).port), '127.0.0.1');

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** All responses that came over a connection until it was closed. */
async function answersOf(socket: Socket): Promise<Answer[]> {
  const answers: Answer[] = [];
  let rest = await text(socket);
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(/: (.*)/)));
    const length = Number(headers['content-length']);
    const body = rest.slice(end + 4, end + 4 + length);
    answers.push({ status: Number(first.split(' ')[1]), headers, body: JSON.parse(body) as unknown });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}

const refusal = { errors: [{ message: expect.any(String) as string, extensions: { code: 'BAD_USER_INPUT' } }] };

describe('bytes that are no request', () => {
  it('are refused after what came before them is answered: a write is not lost', async () => {
    const gateway = await startGateway();
    gateway.simulator.switches.latencyMs = 100;
    const socket = open(gateway.url);
    socket.write(`${head(write.length)}${write}garbage\r\n\r\n`);
    const answers = await answersOf(socket);
    expect(answers).toMatchObject([
      { status: 200, body: { data: { setPortIgnore: { acceptedCount: 1 } } } },
      { status: 400, body: refusal },
    ]);
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it.each([
    ['no method', 'FOO / HTTP/1.1\r\n\r\n', 400],
    ['a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n', 405],
    ['a bad chunk', `${head(null)}zz\r\n`, 400],
  ])('get a GraphQL body that is for nobody else: %s', async (_, bytes, status) => {
    const gateway = await startGateway();
    const socket = open(gateway.url);
    socket.write(bytes);
    const [answer, ...others] = await answersOf(socket);
    expect(others).toEqual([]);
    expect(answer).toMatchObject({ status, body: refusal });
    expect(answer?.headers).toMatchObject({ 'cache-control': 'private, no-store', vary: 'origin' });
    expect(answer?.headers.allow).toBe(status === 405 ? 'get, head, post, options' : undefined);
    const refused = gateway.log.find(({ msg }) => msg === 'refused');
    expect(answer?.headers['x-request-id']).toBe(refused?.requestId);
  });

  it('are refused once, however many there are', async () => {
    const hss = await startHeldHss();
    const { url } = await startGateway({ env: { HSS_ENDPOINT: hss.origin } });
    const socket = open(url);
    socket.write(`${head(write.length)}${write}`);
    const call = await hss.arrived(0);
    for (let times = 0; times < 20; times++) {
      await new Promise((resolve) => socket.write('garbage\r\n\r\n', resolve));
      // The gateway is in this process: it reads them one by one.
      await setImmediate();
    }
    call.answer('true');
    expect((await answersOf(socket)).map(({ status }) => status)).toEqual([200, 400]);
  });

  it('end a connection whose request has been answered before it came whole, without a second response', async () => {
    const gateway = await startGateway();
    const socket = open(gateway.url);
    socket.write(head(null).replace('/graphql', '/nowhere'));
    socket.write('5\r\nabcde\r\n');
    await eventually(() => expect(gateway.log).toMatchObject([{ msg: 'refused', status: 404 }]));
    socket.write('zz\r\n');
    expect((await answersOf(socket)).map(({ status }) => status)).toEqual([404]);
  });

  it('bring nobody down who asks for a tunnel and leaves', async () => {
    const { url, fetch } = await startGateway();
    const ask = 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n';
    for (const turns of [0, 1, 2, 3]) {
      const socket = open(url);
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.write(ask, resolve));
      // The gateway is in this process, and so gets a step further with each turn of the event loop.
      for (let turn = 0; turn < turns; turn++) await setImmediate();
      socket.resetAndDestroy();
    }
    expect((await fetch('/health')).status).toBe(200);
  });
});

describe('what comes after a response that ends its connection', () => {
  it('is not carried out: it could not be answered', async () => {
    const gateway = await startGateway();
    const large = 'a'.repeat(2 * 1024 * 1024);
    const socket = open(gateway.url);
    socket.write(`${head(large.length)}${large}${head(write.length)}${write}`);
    expect((await answersOf(socket)).map(({ status }) => status)).toEqual([413]);
    await gateway.fetch('/health');
    expect(gateway.simulator.calls).toEqual([]);
  });
});

describe('a Content-Type that is no end of parameters', () => {
  it('is read in time that its length bounds', async () => {
    const { fetch } = await startGateway();
    for (const more of [';'.repeat(60_000), `${';'.repeat(60_000)}"`, '"'.repeat(60_001)]) {
      const started = process.cpuUsage();
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': `application/json;p=${more}` },
        body: '{"query":"{ __typename }"}',
      });
      expect(response.status).toBe(200);
      const { user, system } = process.cpuUsage(started);
      expect(user + system).toBeLessThan(1_000_000);
    }
  });
});

describe('a client that waits before it sends too much', () => {
  it('is refused, and not asked for it', async () => {
    const { url } = await startGateway();
    const socket = open(url);
    socket.write(head(2 * 1024 * 1024, 'Expect: 100-continue', 'Connection: close'));
    const first = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    expect(first.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });
});

describe('what else a client expects', () => {
  it('is passed over', async () => {
    const { url } = await startGateway();
    const query = JSON.stringify({ query: '{ __typename }' });
    const socket = open(url);
    socket.write(`${head(query.length, 'Expect: the-best', 'Connection: close')}${query}`);
    expect(await answersOf(socket)).toMatchObject([{ status: 200, body: { data: { __typename: 'Query' } } }]);
  });
});

describe('a request that is too large', () => {
  it.each([2, 8])('is told so, though its client writes all %i MiB before it reads', async (mebi) => {
    const { url } = await startGateway();
    const body = Buffer.alloc(mebi * 1024 * 1024, 'a');
    const chunk = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
    for (const [start, bytes] of [
      [head(body.length), body],
      [head(null), chunk],
    ] as const) {
      const socket = open(url);
      socket.write(start);
      await new Promise((resolve) => socket.write(bytes, resolve));
      expect(await answersOf(socket)).toMatchObject([{ status: 413, body: refusal }]);
    }
  });

  it.each([
    ['/nowhere', 404],
    ['/graphql', 415],
  ])('or is refused for something else, is told so before its connection ends: %s', async (path, status) => {
    const { url } = await startGateway();
    const body = Buffer.alloc(8 * 1024 * 1024, 'a');
    const socket = open(url);
    socket.write(
      head(body.length, 'Connection: close').replace('/graphql', path).replace('application/json', 'text/plain'),
    );
    await new Promise((resolve) => socket.write(body, resolve));
    expect((await answersOf(socket)).map((answer) => answer.status)).toEqual([status]);
  });

  it('is told so by fetch', async () => {
    const { fetch } = await startGateway();
    for (let times = 0; times < 5; times++) {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.alloc(4 * 1024 * 1024, 'a'),
      });
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject(refusal);
    }
  });
});

describe('a request that stops before its end', () => {
  it('is told that it took too long, and is not carried out', async () => {
    const gateway = createGateway(
      {
        ...readConfig({ HSS_ENDPOINT: 'http://127.0.0.1:9', OPERATION_TIMEOUT_MS: '100' }),
        hssEndpoint: new URL('http://127.0.0.1:9'),
      },
      pino({ level: 'silent' }),
    );
    const server = createGatewayServer(gateway, 100);
    onTestFinished(() => Promise.all([server.close(), gateway.close()]).then(() => undefined));
    const socket = open(`http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`);
    const type = 'application/graphql-response+json';
    socket.write(`${head(write.length, `Accept: ${type}`, 'X-Request-Id: stopped')}${write.slice(0, 10)}`);
    expect(await answersOf(socket)).toMatchObject([
      { status: 408, headers: { 'content-type': `${type}; charset=utf-8`, 'x-request-id': 'stopped' }, body: refusal },
    ]);
    expect(socket.destroyed).toBe(true);
  });
});

describe('a body in chunks of a byte', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;

  const heapOf = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };

  it('takes no more memory than its bytes', async () => {
    const { url, fetch } = await startGateway();
    const body = JSON.stringify({ query: '{ __typename }' }).padEnd(256 * 1024);
    const before = heapOf();
    const socket = open(url);
    const chunks = Buffer.from(Array.from(body, (byte) => `1\r\n${byte}\r\n`).join(''));
    socket.write(head(null, 'Connection: close'));
    socket.write(chunks);
    await eventually(() => expect(socket.writableLength).toBe(0));
    // The gateway is in this process: it reads what has come before it answers others.
    for (let times = 0; times < 10; times++) await fetch('/health');
    expect(heapOf() - before).toBeLessThan(16 * 1024 * 1024);
    socket.write('0\r\n\r\n');
    expect(await answersOf(socket)).toMatchObject([{ status: 200, body: { data: { __typename: 'Query' } } }]);
  });
});

describe('a body', () => {
  const sendBytes = (gateway: TestGateway, body: Buffer<ArrayBuffer>): Promise<Response> =>
    gateway.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  it('that is not UTF-8 is refused: what stands for its bytes would be another id', async () => {
    const gateway = await startGateway();
    for (const bytes of ['\xe9', '\xff\xfe', '\xc3', '\xed\xa0\x80']) {
      const response = await sendBytes(
        gateway,
        Buffer.from(`{"query":"{ host(id: \\"${bytes}\\") { id } }"}`, 'latin1'),
      );
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject(refusal);
    }
    expect(gateway.simulator.calls).toEqual([]);
  });

  it('that is UTF-8 is read across its chunks', async () => {
    const { url } = await startGateway();
    const bytes = Buffer.from(JSON.stringify({ query: '{ host(id: "é漢😀") { id } }' }));
    const socket = open(url);
    socket.write(head(null, 'Connection: close'));
    for (const byte of bytes) socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]));
    socket.write('0\r\n\r\n');
    const [answer] = await answersOf(socket.setEncoding('utf8')).catch(() => []);
    expect(answer?.status).toBe(200);
  });
});

describe('draining', () => {
  async function start() {
    const simulator = createSimulator();
    const hssEndpoint = new URL(await simulator.listen());
    simulator.switches.latencyMs = 200;
    const gateway = createGateway(
      { ...readConfig({ HSS_ENDPOINT: hssEndpoint.href, HSS_PROJECT_ID: 'project' }), hssEndpoint },
      pino({ level: 'silent' }),
    );
    const server = createGatewayServer(gateway);
    onTestFinished(async () => {
      await gateway.close();
      await simulator.close();
    });
    return { simulator, server, socket: open(`http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`) };
  }
  const readOf = (host: string): string => {
    const read = JSON.stringify({ query: `{ host(id: "${host}") { ports { totalCount } } }` });
    return head(read.length) + read;
  };

  it('answers all that is under way on a connection, and ends it with the last', async () => {
    const { simulator, server, socket } = await start();
    socket.write(`${readOf('host-40')}${head(write.length)}${write}`);
    await eventually(() => expect(simulator.calls).toHaveLength(2));
    const drained = server.drain(0);
    expect(await answersOf(socket)).toMatchObject([
      { status: 200, body: { data: { host: { ports: { totalCount: 40 } } } } },
      { status: 200, headers: { connection: 'close' }, body: { data: { setPortIgnore: { acceptedCount: 1 } } } },
    ]);
    await drained;
  });

  it('ends, though a client never stops to send', async () => {
    const { simulator, server, socket } = await start();
    socket.on('error', () => undefined);
    let sent = 0;
    // Each a call of its own, so that one is always under way.
    const timer = setInterval(() => socket.write(readOf(`host-${sent++}`)), 50);
    onTestFinished(() => clearInterval(timer));
    await eventually(() => expect(simulator.calls.length).toBeGreaterThan(0));
    const drained = server.drain(200);
    const answers = await answersOf(socket);
    await drained;
    expect(answers.map(({ headers }) => headers.connection).indexOf('close')).toBe(answers.length - 1);
    expect(answers).toHaveLength(simulator.calls.length);
  });
});
