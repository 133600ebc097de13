import { connect, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { generateRows } from '../../src/simulator/generated-rows.ts';
import { eventually } from '../support/eventually.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const small = '{ host(id: "host-40") { ports { nodes { id port } } } }';

/** Some hosts whose rows have paths of 19,000 characters: 3.8 MB a read. */
async function startWithLongPaths(hosts: number): Promise<TestGateway> {
  // Megabytes take their time on a slow machine, and a read that comes late holds nothing.
  const gateway = await startGateway({ env: { HSS_TIMEOUT_MS: '100000', OPERATION_TIMEOUT_MS: '100000' } });
  for (let index = 0; index < hosts; index++) {
    const hostId = `long-${index}`;
    const rows = generateRows(hostId, 'agent', 200).map((row) => ({ ...row, path: `/${'p'.repeat(19_000)}` }));
    gateway.simulator.addHost({ hostId, rows });
  }
  return gateway;
}

async function heldBytes({ fetch }: TestGateway): Promise<number> {
  const metrics = await (await fetch('/metrics')).text();
  return Number(/^hss_gateway_held_bytes (.*)$/m.exec(metrics)?.[1]);
}

const longPages = (hosts: number, fields = 'executablePath'): string => {
  const ids = JSON.stringify(Array.from({ length: hosts }, (_, index) => `long-${index}`));
  return `{ hosts(ids: ${ids}) { ports(page: { limit: 200 }) { nodes { ${fields} } } } }`;
};

describe('what an operation holds', () => {
  it('has a bound: fields beyond it fail by themselves, and others are answered', async () => {
    const gateway = await startWithLongPaths(12);
    const { data, errors } = await gateway.query(longPages(12));
    const answered = data.hosts.filter(({ ports }: { ports: object | null }) => ports !== null);
    expect(answered.length).toBeGreaterThan(0);
    expect(errors).toHaveLength(12 - answered.length);
    for (const { path, extensions } of errors!) {
      expect(path).toEqual(['hosts', expect.any(Number), 'ports']);
      expect(extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED' });
    }
    expect(answered[0].ports.nodes).toHaveLength(200);
  });

  it('counts a field as often as the response has it', async () => {
    const gateway = await startWithLongPaths(1);
    expect((await gateway.query(longPages(1))).errors).toBeUndefined();
    const names = Array.from({ length: 20 }, (_, index) => `a${index}: executablePath`).join(' ');
    const { data, errors } = await gateway.query(longPages(1, names));
    expect(data).toEqual({ hosts: [{ ports: null }] });
    expect(errors?.[0]?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED' });
    const edges = names.replaceAll('executablePath', 'edges { node { executablePath } }');
    const connection = await gateway.query(`{ host(id: "long-0") { portsConnection(first: 200) { ${edges} } } }`);
    expect(connection.errors?.[0]?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED' });
  });

  it('counts a row as often as its id is given', async () => {
    const gateway = await startWithLongPaths(1);
    const { data } = await gateway.query(longPages(1, 'id'));
    const [{ id }] = data.hosts[0].ports.nodes;
    const found = await gateway.query('query ($ids: [ID!]!) { openPorts(ids: $ids) { executablePath } }', {
      ids: Array.from({ length: 2_000 }, () => id),
    });
    const rows = found.data.openPorts.filter((row: object | null) => row !== null);
    expect(rows.length).toBeGreaterThan(0);
    expect(found.errors).toHaveLength(2_000 - rows.length);
    expect(found.errors![0]?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED' });
  });

  it.each([
    ['the name of its type', 60, 90, (index: number) => `a${index}: __typename`],
    ['its host', 40, 90, (index: number) => `a${index}: host { __typename }`],
    ['long aliases', 60, 18, (index: number) => `${'a'.repeat(120)}${index}: port`],
  ])('counts fields that bring no text of HSS: %s', async (_, copies, count, fieldOf) => {
    const gateway = await startGateway();
    const fields = Array.from({ length: count }, (_field, index) => fieldOf(index)).join(' ');
    // Of what is not there nothing comes, but the estimate of the answer's size has room for it.
    const { data, errors } = await gateway.query(
      `query ($ids: [ID!]!, $none: [ID!]!) {
        none: hosts(ids: $none) { ports(page: { limit: 1000 }) { nodes { port } } }
        hosts(ids: $ids) { ports(page: { limit: 200 }) { nodes { ${fields} } } } }`,
      {
        ids: Array.from({ length: copies }, () => 'host-10000'),
        none: Array.from({ length: 18 }, (_id, at) => `none-${at}`),
      },
    );
    const refused = data.hosts.filter(({ ports }: { ports: object | null }) => ports === null);
    expect(refused.length).toBeGreaterThan(10);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['COST_LIMIT_EXCEEDED']));
  });

  it.each([
    ['openPorts', 'query ($ids: [ID!]!) { rows: openPorts(ids: $ids) { FIELDS } }'],
    ['_entities', 'query ($refs: [_Any!]!) { rows: _entities(representations: $refs) { ... on OpenPort { FIELDS } } }'],
  ])('counts a field of a row that is looked up as often as the response has it: %s', async (_, text) => {
    const gateway = await startWithLongPaths(1);
    const { data } = await gateway.query(longPages(1, 'id'));
    const ids = Array.from({ length: 100 }, () => data.hosts[0].ports.nodes[0].id as string);
    const variables = { ids, refs: ids.map((id) => ({ __typename: 'OpenPort', id })) };
    const refusedWith = async (names: number): Promise<number> => {
      const fields = Array.from({ length: names }, (_name, index) => `a${index}: executablePath`).join(' ');
      const found = await gateway.query(text.replace('FIELDS', fields), variables);
      return found.data.rows.filter((row: object | null) => row === null).length;
    };
    expect(await refusedWith(1)).toBe(0);
    expect(await refusedWith(50)).toBeGreaterThan(50);
  });

  it.each(['are made', 'wait to be read'])(
    'is given back when its client leaves while responses in a row %s',
    async (when) => {
      const gateway = await startWithLongPaths(2);
      gateway.simulator.switches.latencyMs = 200;
      const body = JSON.stringify({ query: longPages(2) });
      const head = `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Auth-Token: t\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').pause();
      // Each after the first waits for its turn; none is read.
      socket.write(`${head}${body}`.repeat(3));
      const ended = (): unknown[] => gateway.log.filter(({ msg }) => msg === 'operation');
      if (when === 'are made') {
        await eventually(() => expect(gateway.simulator.calls.length).toBeGreaterThan(0));
        socket.destroy();
        await eventually(() => expect(ended()).toHaveLength(3));
      } else {
        await eventually(() => expect(ended()).toHaveLength(3));
        expect(await heldBytes(gateway)).toBeGreaterThan(0);
        socket.destroy();
      }
      await eventually(async () => expect(await heldBytes(gateway)).toBe(0));
    },
  );

  it('is given back when it is answered', async () => {
    const gateway = await startWithLongPaths(3);
    for (let times = 0; times < 10; times++) {
      expect((await gateway.query(longPages(3, 'port'))).errors).toBeUndefined();
    }
    await eventually(async () => expect(await heldBytes(gateway)).toBe(0));
  });

  it.each<readonly [when: string, isTime: (calls: TestGateway['simulator']['calls']) => boolean]>([
    ['HSS has been asked', (calls) => calls.length === 3],
    ['HSS has begun to answer', (calls) => calls.some(({ status }) => status !== null)],
  ])('is given back when its caller leaves once %s, whatever comes afterwards', async (_, isTime) => {
    const gateway = await startWithLongPaths(3);
    gateway.simulator.switches.latencyMs = 200;
    const caller = new AbortController();
    const asked = gateway
      .fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
        body: JSON.stringify({ query: longPages(3, 'port') }),
        signal: caller.signal,
      })
      .then((response) => response.text())
      .catch(() => null);
    await eventually(() => expect(isTime(gateway.simulator.calls)).toBe(true));
    caller.abort();
    await asked;
    await eventually(() => expect(gateway.log.filter(({ msg }) => msg === 'operation')).toHaveLength(1));
    await eventually(async () => expect(await heldBytes(gateway)).toBe(0));
  });
});

describe('what all operations hold', () => {
  it('leaves room for small ones beside those that are large', async () => {
    const gateway = await startWithLongPaths(8);
    const large = Array.from({ length: 8 }, () => gateway.query(longPages(8)));
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.query(small)));
    for (const { errors } of answers) expect(errors).toBeUndefined();
    const codes = (await Promise.all(large)).flatMap(({ errors = [] }) =>
      errors.map(({ extensions }) => extensions.code),
    );
    expect(new Set(codes)).toEqual(new Set(['COST_LIMIT_EXCEEDED']));
    await eventually(async () => expect(await heldBytes(gateway)).toBe(0));
  });

  it.each([
    ['gzip', 'gzip', gzipSync],
    ['deflate', 'deflate', deflateSync],
    ['deflate without its header', 'deflate', deflateRawSync],
    ['br', 'br', brotliCompressSync],
  ])('counts what answers compressed by %s come to while they are unpacked', async (_, coding, compress) => {
    const count = 20;
    // Almost 4 MiB on their way, and no row in the end.
    const bytes = compress(`{"total_num":0}${' '.repeat(4_000_000)}`);
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${bytes.length}\r\n\r\n`;
    const waiting: Socket[] = [];
    const { origin } = await startFaultServer((socket) => {
      waiting.push(socket);
      if (waiting.length < count) return;
      for (const each of waiting.splice(0)) each.write(Buffer.concat([Buffer.from(head), bytes]));
    });
    const gateway = await startGateway({
      env: { HSS_ENDPOINT: origin, HSS_TIMEOUT_MS: '100000', OPERATION_TIMEOUT_MS: '100000' },
    });
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) => gateway.query(`{ host(id: "${index}") { ports { totalCount } } }`)),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(new Set(codes)).toEqual(new Set([undefined, 'COST_LIMIT_EXCEEDED']));
    await eventually(async () => expect(await heldBytes(gateway)).toBe(0));
  });
});
