import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { hostIds, portsOfHost, portsOfHosts } from '../support/operations.ts';

describe('HSS_CONNECTIONS', () => {
  it('is the most calls under way at once, over all callers', async () => {
    const { query, simulator } = await startGateway({
      env: { HSS_CONNECTIONS: '4' },
      simulator: { latencyMs: 100 },
    });
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((token) => query(portsOfHosts, { ids: hostIds(30) }, { 'x-auth-token': token })),
    );
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(simulator.calls).toHaveLength(90);
    expect(simulator.mostConcurrent).toBe(4);
  });

  it('may all be used by one caller whose calls end soon', async () => {
    const { query, simulator } = await startGateway({ env: { HSS_CONNECTIONS: '4' }, simulator: { latencyMs: 100 } });
    const { errors } = await query(portsOfHosts, { ids: hostIds(60) });
    expect(errors).toBeUndefined();
    expect(simulator.mostConcurrent).toBe(4);
  });

  it('may be one', async () => {
    const { query, simulator } = await startGateway({ env: { HSS_CONNECTIONS: '1' } });
    const { errors } = await query(portsOfHosts, { ids: hostIds(30) });
    expect(errors).toBeUndefined();
    expect(simulator.mostConcurrent).toBe(1);
  });

  it('bounds the queue, too: an operation whose reads find no room in it is refused as a whole', async () => {
    const env = { HSS_CONNECTIONS: '1', MAX_UPSTREAM_READS: '200', OPERATION_TIMEOUT_MS: '5000' };
    const { query, simulator, fetch } = await startGateway({ env });
    simulator.on({ answer: 'hang' });
    const ask = (index: number, headers: Readonly<Record<string, string>> = {}) =>
      query(portsOfHosts, { ids: hostIds(200, `o${index}-`) }, headers);
    const waiting = async (): Promise<number> =>
      Number(/^hss_gateway_upstream_waiting (\d+)$/m.exec(await (await fetch('/metrics')).text())?.[1]);
    // The queue holds 2,000, and a tenant fills half of it.
    const accepted = [0, 1, 2, 3, 4].map((index) => ask(index));
    await expect.poll(waiting).toBe(999);
    const busy = {
      message: 'The gateway is busy.',
      extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 1 },
    };
    const { data, errors, status } = await ask(5, { accept: 'application/graphql-response+json' });
    expect({ data, errors, status }).toEqual({ data: undefined, errors: [busy], status: 503 });
    expect(await waiting()).toBe(999);
    expect(await (await fetch('/metrics')).text()).toMatch(/_upstream_failures_total\{reason="QUEUE_FULL"\} 1$/m);
    // Others find room, and so does who asks for nothing of HSS.
    const other = ask(6, { 'x-auth-token': 'other' });
    await expect.poll(waiting).toBe(1_199);
    expect((await query('{ host(id: "h") { id } }')).errors).toBeUndefined();
    for (const operation of [...accepted, other]) {
      const { errors: late } = await operation;
      expect(new Set(late!.map(({ extensions }) => extensions.code))).toEqual(new Set(['UPSTREAM_TIMEOUT']));
    }
    expect(simulator.mostConcurrent).toBe(1);
  });
});

describe('a caller whose calls hang', () => {
  it.each([2, 3, 5, 10, 50])('leaves places to others of its project, with %i connections', async (connections) => {
    const { query, simulator } = await startGateway({ env: { HSS_CONNECTIONS: String(connections) } });
    simulator.on({ when: ({ headers }) => headers['x-auth-token'] === 'slow', answer: 'hang' });
    const slow = query(portsOfHosts, { ids: hostIds(100) }, { 'x-auth-token': 'slow' });
    // It takes what it may have, and its other reads wait.
    const most = Math.ceil(connections / 2);
    await expect.poll(() => simulator.calls.length).toBe(most);
    for (const id of hostIds(3)) {
      const { errors } = await query(portsOfHost, { id }, { 'x-auth-token': 'quick' });
      expect(errors).toBeUndefined();
    }
    expect(simulator.calls).toHaveLength(most + 3);
    void slow.catch(() => undefined);
  });

  it('leaves places to other projects, however many tokens its project has', async () => {
    const { query, simulator } = await startGateway({ env: { HSS_CONNECTIONS: '10' } });
    simulator.on({ when: ({ path }) => path.includes('/slow/'), answer: 'hang' });
    const slow = hostIds(10, 'token').map((token) =>
      query(portsOfHosts, { ids: hostIds(10) }, { 'x-auth-token': token, 'x-project-id': 'slow' }),
    );
    await expect.poll(() => simulator.calls.length).toBe(7);
    const { errors } = await query(portsOfHost, {}, { 'x-project-id': 'quick' });
    expect(errors).toBeUndefined();
    void Promise.allSettled(slow);
  });

  it('leaves places to other tokens, however many projects it names', async () => {
    const { query, simulator } = await startGateway({ env: { HSS_CONNECTIONS: '10' } });
    simulator.on({ when: ({ headers }) => headers['x-auth-token'] === 'slow', answer: 'hang' });
    const slow = hostIds(10, 'project').map((project) =>
      query(portsOfHosts, { ids: hostIds(10) }, { 'x-auth-token': 'slow', 'x-project-id': project }),
    );
    await expect.poll(() => simulator.calls.length).toBe(7);
    const { errors } = await query(portsOfHost, {}, { 'x-auth-token': 'quick' });
    expect(errors).toBeUndefined();
    void Promise.allSettled(slow);
  });

  it('is refused by a breaker of its own: others of its project are served', async () => {
    const { query, simulator } = await startGateway({ env: { HSS_TIMEOUT_MS: '2000', HSS_CONNECTIONS: '20' } });
    simulator.on({ when: ({ headers }) => headers['x-auth-token'] === 'slow', answer: 'hang' });
    const { errors } = await query(portsOfHosts, { ids: hostIds(60) }, { 'x-auth-token': 'slow' });
    expect(errors!.map(({ extensions }) => extensions)).toContainEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      retryAfterSeconds: 1,
    });
    const quick = await query(portsOfHosts, { ids: hostIds(20) }, { 'x-auth-token': 'quick' });
    expect(quick.errors).toBeUndefined();
  });
});

describe('ten callers of ten projects whose calls hang', () => {
  it('hold 34 of 50 places, and leave the others to a newcomer, who waits for none of them', async () => {
    const env = { HSS_TIMEOUT_MS: '100000', OPERATION_TIMEOUT_MS: '100000' };
    const { query, simulator } = await startGateway({ env });
    simulator.on({ when: ({ path }) => path.includes('/slow'), answer: 'hang' });
    const slow = hostIds(10, 'slow').map((name) =>
      query(portsOfHosts, { ids: hostIds(100) }, { 'x-auth-token': `t-${name}`, 'x-project-id': name }),
    );
    await expect.poll(() => simulator.calls.length).toBe(34);
    for (let operation = 0; operation < 5; operation++) {
      const { errors } = await query(portsOfHosts, { ids: hostIds(40, `of${operation}-`) });
      expect(errors).toBeUndefined();
    }
    expect(simulator.calls).toHaveLength(34 + 5 * 40);
    expect(simulator.calls.filter(({ aborted }) => aborted)).toEqual([]);
    void Promise.allSettled(slow);
  });
});

describe('calls after a connection has failed', () => {
  it('do not wait for one another', async () => {
    const { query, simulator } = await startGateway({ env: { HSS_CONNECTIONS: '2', HSS_TIMEOUT_MS: '5000' } });
    await query(portsOfHost, {});
    const { port } = new URL(`http://${String(simulator.calls[0]!.headers.host)}`);
    await simulator.close();
    await Promise.all(['a', 'b'].map((token) => query(portsOfHost, {}, { 'x-auth-token': token })));
    await simulator.listen(Number(port));
    simulator.clearCalls();
    simulator.on({ when: ({ query: asked }) => asked.host_id === 'slow', answer: 'hang' });
    const slow = query(portsOfHost, { id: 'slow' }, { 'x-auth-token': 'a' });
    await expect.poll(() => simulator.calls.length).toBe(1);
    const { errors } = await query(portsOfHost, {}, { 'x-auth-token': 'b' });
    expect(errors).toBeUndefined();
    expect(simulator.calls.map(({ aborted }) => aborted)).toEqual([false, false]);
    void slow.catch(() => undefined);
  });
});
