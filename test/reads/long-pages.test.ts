import { describe, expect, it } from 'vitest';
import { generateRows } from '../../src/simulator/generated-rows.ts';
import { toAgentId, type SimulatedHost, type SimulatedRow } from '../../src/simulator/hosts.ts';
import type { RecordedCall } from '../../src/simulator/recorder.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { asked } from './asked.ts';

const thousands: SimulatedHost[] = Array.from({ length: 10 }, (_, index) => {
  const hostId = `of-ten-${index}`;
  return { hostId, rows: generateRows(hostId, `agent-${index}`, 1_000) };
});

const ports = (id: string, limit: number, offset: number, fields: string): string =>
  `{ host(id: "${id}") { ports(page: { limit: ${limit}, offset: ${offset} }) { ${fields} } } }`;

async function readPage({ query }: TestGateway, id: string, limit: number, offset: number) {
  const { data, errors } = await query(
    ports(id, limit, offset, 'totalCount hasNextPage hasPreviousPage nodes { port }'),
  );
  expect(errors).toBeUndefined();
  return data.host.ports as {
    totalCount: number;
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    nodes: { port: number }[];
  };
}

const portsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => ({ port: first + i }));
const from =
  (offset: number) =>
  ({ query }: RecordedCall) =>
    query.offset === String(offset);

const rowsOf350 = generateRows('host-350', toAgentId('host-350'), 400);

/** An answer of HSS with some rows of host-350, whatever the list has become. */
const answerOf = (total: number, numbers: readonly number[]) => ({
  status: 200,
  body: { total_num: total, data_list: numbers.map((number) => rowsOf350[number]) },
});
const numbersFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

describe('a long page', () => {
  it('of 1,000 over a list of 40 is one read', async () => {
    const gateway = await startGateway();
    const page = await readPage(gateway, 'host-40', 1_000, 0);
    expect(page).toEqual({ totalCount: 40, hasNextPage: false, hasPreviousPage: false, nodes: portsFrom(1024, 40) });
    expect(asked(gateway.simulator)).toEqual(['host-40 0+200']);
  });

  it('of 1,000 over a list of 350 is two reads', async () => {
    const gateway = await startGateway();
    const page = await readPage(gateway, 'host-350', 1_000, 0);
    expect(page).toEqual({ totalCount: 350, hasNextPage: false, hasPreviousPage: false, nodes: portsFrom(1024, 350) });
    expect(asked(gateway.simulator)).toEqual(['host-350 0+200', 'host-350 200+200']);
  });

  it.each([
    [1, 0, ['host-350 0+10']],
    [3, 347, ['host-350 347+10']],
    [200, 0, ['host-350 0+200']],
    [201, 0, ['host-350 0+200', 'host-350 200+10']],
    [250, 60, ['host-350 60+200', 'host-350 260+50']],
    [10, 350, ['host-350 350+10']],
    [1_000, 2_000_000, ['host-350 2000000+200']],
  ])('of %i rows from row %i reads no more than it has to', async (limit, offset, reads) => {
    const gateway = await startGateway();
    const page = await readPage(gateway, 'host-350', limit, offset);
    const count = Math.max(0, Math.min(limit, 350 - offset));
    expect(page).toEqual({
      totalCount: 350,
      hasNextPage: offset + limit < 350,
      hasPreviousPage: offset > 0,
      nodes: portsFrom(1024 + offset, count),
    });
    expect(asked(gateway.simulator)).toEqual(reads);
  });

  it('sends its first read alone, and the others side by side', async () => {
    const gateway = await startGateway({ simulator: { latencyMs: 100 } });
    const page = await readPage(gateway, 'host-10000', 1_000, 0);
    expect(page.nodes).toEqual(portsFrom(1024, 1_000));
    const [first, ...rest] = gateway.simulator.calls.map(({ query, at }) => ({ offset: query.offset, at }));
    expect(first?.offset).toBe('0');
    expect(rest.map(({ offset }) => offset).toSorted()).toEqual(['200', '400', '600', '800']);
    for (const { at } of rest) expect(at - first!.at).toBeGreaterThanOrEqual(90);
    expect(gateway.simulator.mostConcurrent).toBeGreaterThan(1);
  });

  it('pages through all of 10,000 rows', async () => {
    const gateway = await startGateway();
    const seen: number[] = [];
    for (let offset = 0; offset < 10_000; offset += 1_000) {
      const page = await readPage(gateway, 'host-10000', 1_000, offset);
      seen.push(...page.nodes.map(({ port }) => port));
    }
    expect(seen).toEqual(numbersFrom(1024, 10_000));
    expect(gateway.simulator.calls).toHaveLength(50);
  });
});

describe('a list of more rows than HSS counts', () => {
  it.each([
    [10, 9_990, 10, true],
    [10, 9_995, 10, true],
    [1_000, 9_500, 1_000, true],
    [1_000, 11_000, 1_000, true],
    [1_000, 11_500, 500, false],
    [10, 12_000, 0, false],
  ])('goes on after row 10,000: %i rows from %i are %i, and a next page: %s', async (limit, offset, count, next) => {
    const gateway = await startGateway({ simulator: { totalCap: 10_000 } });
    const page = await readPage(gateway, 'host-12000', limit, offset);
    expect(page).toEqual({
      totalCount: 10_000,
      hasNextPage: next,
      hasPreviousPage: true,
      nodes: portsFrom(1024 + offset, count),
    });
  });

  it('tells of the next page without the rows, by one smallest read', async () => {
    const gateway = await startGateway({ simulator: { totalCap: 10_000 } });
    const fields = 'totalCount hasNextPage';
    for (const [offset, hasNextPage] of [
      [8_000, true],
      [9_000, true],
      [9_500, true],
      [11_500, false],
    ] as const) {
      gateway.simulator.clearCalls();
      const { data } = await gateway.query(ports('host-12000', 1_000, offset, fields));
      expect(data.host.ports).toEqual({ totalCount: 10_000, hasNextPage });
      expect(gateway.simulator.calls).toHaveLength(1);
      expect(gateway.simulator.calls[0]?.query.limit).toBe('10');
    }
  });

  it('is looked for with one read where it ends at 10,000 after all', async () => {
    const gateway = await startGateway({ simulator: { totalCap: 10_000 } });
    const page = await readPage(gateway, 'host-10000', 1_000, 9_800);
    expect(page).toMatchObject({ totalCount: 10_000, hasNextPage: false });
    expect(page.nodes).toHaveLength(200);
    expect(asked(gateway.simulator)).toEqual(['host-10000 9800+200', 'host-10000 10000+200']);
  });
});

describe('a total that is not true', () => {
  it('above the list ends the page with the last row', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: from(0), answer: answerOf(900, numbersFrom(0, 200)) });
    const page = await readPage(gateway, 'host-350', 1_000, 0);
    expect(page.nodes).toEqual(portsFrom(1024, 350));
    expect(page.totalCount).toBe(900);
    expect(gateway.simulator.calls.length).toBeLessThanOrEqual(5);
  });

  it('below the rows that came does not end it', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: from(0), answer: answerOf(3, numbersFrom(0, 200)) });
    const page = await readPage(gateway, 'host-350', 1_000, 0);
    expect(page.nodes).toEqual(portsFrom(1024, 350));
    expect(page).toMatchObject({ totalCount: 350, hasNextPage: false });
  });

  it('of 0 over rows shows the rows', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: answerOf(0, numbersFrom(0, 4)) });
    expect((await readPage(gateway, 'host-350', 10, 0)).nodes).toEqual(portsFrom(1024, 4));
  });

  it('that grows from read to read is followed to its end', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: from(0), answer: answerOf(201, numbersFrom(0, 200)) });
    const page = await readPage(gateway, 'host-350', 1_000, 0);
    expect(page.nodes).toEqual(portsFrom(1024, 350));
    expect(page.totalCount).toBe(350);
    expect(asked(gateway.simulator)).toEqual(['host-350 0+200', 'host-350 200+200']);
  });

  it('that runs ahead of the rows is not followed in small steps', async () => {
    const gateway = await startGateway();
    for (let offset = 0; offset < 400; offset += 10) {
      const answer = (limit: number) => answerOf(offset + limit + 5, numbersFrom(offset, limit));
      gateway.simulator.on({ when: (call) => from(offset)(call) && call.query.limit === '200', answer: answer(200) });
      gateway.simulator.on({ when: from(offset), answer: answer(10) });
    }
    const page = await readPage(gateway, 'host-350', 400, 0);
    expect(page.nodes).toEqual(portsFrom(1024, 400));
    expect(asked(gateway.simulator)).toEqual(['host-350 0+200', 'host-350 200+200']);
  });

  it.each([{ total_num: 350 }, { total_num: 350, data_list: null }])(
    'with an empty list left out is %j',
    async (body) => {
      const gateway = await startGateway();
      gateway.simulator.on({ answer: { status: 200, body } });
      expect(await readPage(gateway, 'host-350', 10, 600)).toMatchObject({
        nodes: [],
        totalCount: 350,
        hasNextPage: false,
      });
      const { errors } = await gateway.query(ports('host-350', 10, 0, 'nodes { port }'));
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_BAD_RESPONSE' } }]);
    },
  );

  it('that shrinks from read to read ends the page where the rows end', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: from(200), answer: answerOf(220, numbersFrom(200, 20)) });
    const page = await readPage(gateway, 'host-350', 1_000, 0);
    expect(page.nodes).toEqual(portsFrom(1024, 220));
    expect(page).toMatchObject({ totalCount: 350, hasNextPage: false });
  });
});

describe('rows that repeat because the list moved between two reads', () => {
  it('are shown once, and none is lost or invented', async () => {
    const gateway = await startGateway();
    // Fifty ports were opened before the second read: what stood at 150 … 199 stands at 200 … 249 now.
    gateway.simulator.on({ when: from(200), answer: answerOf(400, numbersFrom(150, 200)) });
    gateway.simulator.on({ when: from(350), answer: answerOf(400, numbersFrom(300, 50)) });
    const { data } = await gateway.query(ports('host-350', 1_000, 0, 'totalCount nodes { id port }'));
    const nodes = data.host.ports.nodes as { id: string; port: number }[];
    expect(nodes.map(({ port }) => port)).toEqual(numbersFrom(1024, 350));
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(350);
    expect(data.host.ports.totalCount).toBe(400);
  });
});

describe('one failed read of several', () => {
  it('nulls the pages that need its rows, and no other', async () => {
    const { query, simulator } = await startGateway();
    simulator.on({ when: from(200), answer: { status: 500, body: { error_code: 'HSS.0041', error_msg: 'no' } } });
    const { data, errors } = await query(`{
      host(id: "host-350") {
        whole: ports(page: { limit: 1000 }) { nodes { port } }
        start: ports(page: { limit: 50 }) { nodes { port } }
        end: ports(page: { limit: 50, offset: 250 }) { nodes { port } }
        count: ports(page: { limit: 1000 }) { totalCount }
      }
      other: host(id: "host-40") { ports { totalCount } }
    }`);
    expect(data.host.whole).toBeNull();
    expect(data.host.start.nodes).toHaveLength(50);
    expect(data.host.end).toBeNull();
    expect(data.host.count).toEqual({ totalCount: 350 });
    expect(data.other.ports).toEqual({ totalCount: 40 });
    expect(errors?.map(({ path }) => path?.join('.')).toSorted()).toEqual(['host.end', 'host.whole']);
    for (const { extensions } of errors ?? []) expect(extensions.code).toBe('UPSTREAM_UNAVAILABLE');
  });
});

describe('ten hosts of 1,000 rows in one operation', () => {
  const tenHosts = `{ hosts(ids: ${JSON.stringify(thousands.map(({ hostId }) => hostId))}) { id ports(page: { limit: 1000 }) { nodes { port } } } }`;

  it('come whole, by fifty reads, as many side by side as HSS_CONNECTIONS lets', async () => {
    const { query, simulator } = await startGateway({
      env: { HSS_CONNECTIONS: '8' },
      simulator: { data: thousands, latencyMs: 20 },
    });
    const { data, errors } = await query(tenHosts);
    expect(errors).toBeUndefined();
    expect(data.hosts).toHaveLength(10);
    for (const host of data.hosts) expect(host.ports.nodes).toEqual(portsFrom(1024, 1_000));
    expect(simulator.calls).toHaveLength(50);
    expect(simulator.mostConcurrent).toBeGreaterThan(2);
    expect(simulator.mostConcurrent).toBeLessThanOrEqual(8);
  });

  it('leave room for another caller meanwhile', async () => {
    // HSS answers the ten hosts when the other caller has an answer: nothing is left to timing.
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const slow = thousands.map(({ hostId, rows }) => ({
      hostId,
      rows: async () => {
        await released;
        return rows as readonly SimulatedRow[];
      },
    }));
    const { query, simulator } = await startGateway({
      env: { HSS_CONNECTIONS: '8' },
      simulator: { data: [...slow, { hostId: 'small', rows: rowsOf350 }] },
    });
    const many = query(tenHosts, {}, { 'x-auth-token': 'greedy' });
    await expect.poll(() => simulator.mostConcurrent).toBe(4);
    const one = await query('{ host(id: "small") { ports { totalCount } } }', {}, { 'x-auth-token': 'modest' });
    expect(one.data.host.ports).toEqual({ totalCount: 400 });
    release();
    expect((await many).errors).toBeUndefined();
    expect(simulator.calls).toHaveLength(51);
  });
});
