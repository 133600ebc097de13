import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { portsOfHost } from '../support/operations.ts';
import { startGateway } from '../support/gateway.ts';
import { startCallers, type Callers } from './callers.ts';

type Asked = readonly [token: string, project: string, host: string];

/** Leaves only what is given of the log's operations. */
const linesOf = ({ gateway }: Callers, requestIds: readonly string[]): Record<string, unknown>[] =>
  gateway.log.filter(({ msg, requestId }) => msg === 'operation' && requestIds.includes(String(requestId)));

describe('equal reads of one token that are under way at once', () => {
  it('are one call, and each gets all of it', async () => {
    const gateway = await startGateway({ simulator: { latencyMs: 3_000 } });
    const results = await Promise.all(Array.from({ length: 20 }, () => gateway.query(portsOfHost, { id: 'host-40' })));
    expect(results.map(({ data }) => data.host.ports.totalCount as number)).toEqual(Array(20).fill(40));
    expect(gateway.simulator.calls).toHaveLength(1);
    // One has made it, the others have shared it; each says so.
    const shared = [0, ...Array<number>(19).fill(1)];
    const reads = [...Array<number>(19).fill(0), 1];
    const costs = results.map(({ extensions }) => extensions!.cost as Record<string, number>);
    const lines = gateway.log.filter(({ msg }) => msg === 'operation') as unknown as Record<string, number>[];
    for (const told of [costs, lines]) {
      expect(told.map((line) => line.shared).toSorted()).toEqual(shared);
      expect(told.map((line) => line.reads).toSorted()).toEqual(reads);
    }
    expect(await (await gateway.fetch('/metrics')).text()).toMatch(/^hss_gateway_shared_reads_total 19$/m);
  });

  it('go up under the request id of the first', async () => {
    const { read, hss } = await startCallers();
    const first = await read('t', 'p', 'h');
    await read('t', 'p', 'h');
    expect(hss.calls.map(({ requestId }) => requestId)).toEqual([first.requestId]);
  });

  it('fail together, each with the same code', async () => {
    const { read, hss } = await startCallers();
    const operations = [await read('t', 'p', 'h'), await read('t', 'p', 'h')];
    (await hss.arrived(0)).answer({ status: 403 });
    expect(await Promise.all(operations.map(({ outcome }) => outcome))).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(hss.calls).toHaveLength(1);
  });

  it('are tried again together, three times at most', async () => {
    const { read, hss } = await startCallers();
    const operations = [await read('t', 'p', 'h'), await read('t', 'p', 'h'), await read('t', 'p', 'h')];
    for (const index of [0, 1, 2]) (await hss.arrived(index)).answer({ status: 503 });
    expect(await Promise.all(operations.map(({ outcome }) => outcome))).toEqual(Array(3).fill('UPSTREAM_UNAVAILABLE'));
    expect(hss.calls).toHaveLength(3);
  });

  it('are forgotten when the call has ended: who comes then asks anew, also after a failure', async () => {
    const { read, hss } = await startCallers();
    for (const [index, how] of (['true', { status: 403 }, 'true'] as const).entries()) {
      const { outcome } = await read('t', 'p', 'h');
      (await hss.arrived(index)).answer(how);
      expect(await outcome).toBe(how === 'true' ? `t ${index + 1}` : 'FORBIDDEN');
    }
    expect(hss.calls).toHaveLength(3);
  });

  it('take one place', async () => {
    const { read, hss } = await startCallers({ HSS_CONNECTIONS: '3' });
    const same = await Promise.all(Array.from({ length: 10 }, () => read('t', 'p', 'h')));
    // Another one finds one, and so do the reads that are answered at once.
    const other = await read('u', 'q', 'h');
    await hss.arrived(1);
    expect(hss.calls).toHaveLength(2);
    for (const call of hss.calls) call.answer('true');
    expect(await Promise.all([...same, other].map(({ outcome }) => outcome))).toEqual([
      ...Array(10).fill('t 1'),
      'u 2',
    ]);
  });
});

describe('reads that differ', () => {
  it.each<readonly [what: string, one: Asked, other: Asked]>([
    ['in the token', ['t', 'p', 'h'], ['u', 'p', 'h']],
    ['in the case of the token', ['t', 'p', 'h'], ['T', 'p', 'h']],
    ['in the project', ['t', 'p', 'h'], ['t', 'q', 'h']],
    ['in the host', ['t', 'p', 'h'], ['t', 'p', 'i']],
    ['in where the one ends and the other begins', ['t', 'pp', 'h'], ['tp', 'p', 'h']],
  ])('%s are calls of their own', async (_what, one, other) => {
    const { read, hss } = await startCallers();
    const operations = [await read(...one), await read(...other)];
    await hss.arrived(1);
    for (const call of hss.calls.toReversed()) call.answer('true');
    expect(await Promise.all(operations.map(({ outcome }) => outcome))).toEqual([`${one[0]} 1`, `${other[0]} 2`]);
  });
});

describe('a caller who leaves', () => {
  it('first, having made the call, takes nothing from who has joined it', async () => {
    const { read, hss } = await startCallers();
    const first = await read('t', 'p', 'h');
    const second = await read('t', 'p', 'h');
    await first.leave();
    expect((await hss.arrived(0)).isAborted()).toBe(false);
    // Who comes now joins it, too.
    const third = await read('t', 'p', 'h');
    (await hss.arrived(0)).answer('true');
    expect(await Promise.all([first, second, third].map(({ outcome }) => outcome))).toEqual(['left', 't 1', 't 1']);
    expect(hss.calls).toHaveLength(1);
  });

  it('last ends the call, and who comes then asks anew', async () => {
    const callers = await startCallers();
    const { read, hss } = callers;
    const operations = [await read('t', 'p', 'h'), await read('t', 'p', 'h')];
    for (const operation of operations) await operation.leave();
    await eventually(() => {
      expect(hss.calls[0]!.isAborted()).toBe(true);
    });
    expect(
      linesOf(
        callers,
        operations.map(({ requestId }) => requestId),
      ),
    ).toMatchObject([{ aborted: true }, { aborted: true }]);
    const next = await read('t', 'p', 'h');
    (await hss.arrived(1)).answer('true');
    expect(await next.outcome).toBe('t 2');
  });

  it('while the call waits for its place takes nothing from who has joined it', async () => {
    const { read, hss } = await startCallers({ HSS_CONNECTIONS: '1' });
    // The marker that `read` waits for needs the only place: so it is not waited for.
    const holder = read('x', 'q', 'h');
    await hss.arrived(0);
    const first = read('t', 'p', 'h');
    const second = read('t', 'p', 'h');
    (await hss.arrived(0)).answer('true');
    await holder;
    (await hss.arrived(1)).answer('true');
    expect(await Promise.all([(await first).outcome, (await second).outcome])).toEqual(['t 2', 't 2']);
    expect(hss.calls).toHaveLength(2);
  });
});

describe('the deadline of an operation', () => {
  it('ends its own wait; who joined late, and so had little of the call, asks anew', async () => {
    const { read, hss } = await startCallers({ HSS_TIMEOUT_MS: '600000', OPERATION_TIMEOUT_MS: '600000' });
    // From here on the time of the gateway goes by when it is told to; what comes over sockets needs none.
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const first = await read('t', 'p', 'h');
    // More than half of the time of a call.
    vi.advanceTimersByTime(320_000);
    const second = await read('t', 'p', 'h');
    vi.advanceTimersByTime(280_000);
    expect(await first.outcome).toBe('UPSTREAM_TIMEOUT');
    (await hss.arrived(1)).answer('true');
    expect(await second.outcome).toBe('t 2');
  });
});

describe('the end of the operation that began a read', () => {
  it('harms nobody who joined it, also where a call may take longer than an operation', async () => {
    const { read, hss } = await startCallers({ HSS_TIMEOUT_MS: '600000', OPERATION_TIMEOUT_MS: '300000' });
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const first = await read('t', 'p', 'h');
    vi.advanceTimersByTime(100_000);
    const second = await read('t', 'p', 'h');
    vi.advanceTimersByTime(200_000);
    expect(await first.outcome).toBe('UPSTREAM_TIMEOUT');
    (await hss.arrived(0)).answer('true');
    expect(await second.outcome).toBe('t 1');
    expect(hss.calls).toHaveLength(1);
  });
});

describe('a write', () => {
  it.each(['true', 'reset', { status: 503 }] as const)(
    'that is or may be accepted (%j) lets nobody join a read of its project that began before, of any token',
    async (how) => {
      const { read, write, hss } = await startCallers();
      const before = [await read('t', 'p', 'h'), await read('u', 'p', 'h'), await read('t', 'q', 'h')];
      const writer = await write('w', 'p');
      const meanwhile = await read('t', 'p', 'h');
      (await hss.arrived(3)).answer(how);
      expect(await writer.outcome).toBe(how === 'true' ? 'ACCEPTED' : 'UNKNOWN');
      const after = [await read('t', 'p', 'h'), await read('u', 'p', 'h'), await read('t', 'q', 'h')];
      await hss.arrived(5);
      // The other project's is joined.
      expect(hss.calls.slice(4).map(({ token, project }) => `${token} ${project}`)).toEqual(['t p', 'u p']);
      for (const call of hss.calls) if (call.method === 'GET') call.answer('true');
      expect(await Promise.all([...before, meanwhile, ...after].map(({ outcome }) => outcome))).toEqual([
        't 1',
        'u 2',
        't 3',
        't 1',
        't 5',
        'u 6',
        't 3',
      ]);
    },
  );

  it('that HSS refuses has changed nothing, and parts nobody', async () => {
    const { read, write, hss } = await startCallers();
    const before = await read('t', 'p', 'h');
    const writer = await write('w', 'p');
    (await hss.arrived(1)).answer({ status: 403 });
    expect(await writer.outcome).toBe('REJECTED');
    const after = await read('t', 'p', 'h');
    (await hss.arrived(0)).answer('true');
    expect(await Promise.all([before, after].map(({ outcome }) => outcome))).toEqual(['t 1', 't 1']);
    expect(hss.calls).toHaveLength(2);
  });

  it('whose caller has left parts them all the same, when it ends', async () => {
    const { read, write, hss } = await startCallers();
    await read('t', 'p', 'h');
    const writer = await write('w', 'p');
    const left = writer.leave();
    await read('t', 'p', 'h');
    expect(hss.calls).toHaveLength(2);
    (await hss.arrived(1)).answer('true');
    await left;
    await read('t', 'p', 'h');
    await hss.arrived(2);
  });
});
