import { describe, expect, it } from 'vitest';
import type { FaultAnswer } from '../../src/simulator/faults.ts';
import { gatewayError } from '../../src/simulator/error-replies.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { startGateway } from '../support/gateway.ts';
import { hostIds, portsOfHost, portsOfHosts } from '../support/operations.ts';

const throttled = (retryAfter: string): FaultAnswer => ({
  ...gatewayError('APIGW.0308', 429),
  headers: { 'retry-after': retryAfter },
});

describe('a read that fails', () => {
  const transient: readonly (readonly [string, FaultAnswer])[] = [
    ['a reset', 'reset'],
    ['a cut body', 'cut-body'],
    ['502', gatewayError('APIGW.0201', 502)],
    ['503', gatewayError('APIGW.0613', 503)],
    ['504', gatewayError('APIGW.0201', 504)],
    ['429', gatewayError('APIGW.0308', 429)],
  ];
  it.each(transient)('twice by %s is answered at the third try', async (_what, answer) => {
    const { query, simulator, log } = await startGateway();
    simulator.on({ answer, times: 2 });
    const { data, errors } = await query(portsOfHost);
    expect(errors).toBeUndefined();
    expect(data.host.ports).toEqual({ totalCount: 0 });
    expect(simulator.calls).toHaveLength(3);
    expect(log.find(({ msg }) => msg === 'operation')).toMatchObject({ reads: 3, retries: 2, codes: [] });
  });

  it('is tried again within twice the reads that its operation is allowed', async () => {
    const { query, simulator } = await startGateway({ env: { MAX_UPSTREAM_READS: '3' } });
    simulator.on({ answer: gatewayError('APIGW.0613', 503) });
    const { errors } = await query(portsOfHosts, { ids: hostIds(3) });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill('UPSTREAM_UNAVAILABLE'));
    expect(simulator.calls).toHaveLength(6);
  });

  it('waits longer each time', async () => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer: gatewayError('APIGW.0613', 503) });
    await query(portsOfHost);
    const [first, second, third] = simulator.calls.map(({ at }) => at);
    // The back-off, 100 to 200 and 200 to 400 ms, to the clock's precision.
    expect(second! - first!).toBeGreaterThanOrEqual(98);
    expect(third! - second!).toBeGreaterThanOrEqual(198);
  });

  it('is not tried again after a timeout, which has taken long enough', async () => {
    const { query, simulator } = await startGateway({ env: { HSS_TIMEOUT_MS: '1000' } });
    simulator.on({ answer: 'hang' });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions.code).toBe('UPSTREAM_TIMEOUT');
    expect(simulator.calls).toHaveLength(1);
  });

  it('waits as long as Retry-After says where that fits the deadline', async () => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer: throttled('2'), times: 1 });
    const { data } = await query(portsOfHost);
    expect(data.host.ports).toEqual({ totalCount: 0 });
    const [first, second] = simulator.calls;
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(1_990);
  });

  it.each(['0', new Date(0).toUTCString()])(
    'waits the back-off at least where Retry-After is %s',
    async (retryAfter) => {
      const { query, simulator } = await startGateway();
      simulator.on({ answer: throttled(retryAfter), times: 1 });
      expect((await query(portsOfHost)).errors).toBeUndefined();
      const [first, second] = simulator.calls;
      expect(second!.at - first!.at).toBeGreaterThanOrEqual(490);
    },
  );

  it("compares the date of Retry-After with the answer's own", async () => {
    const { query, simulator } = await startGateway();
    const date = new Date(Date.now() - 7_200_000);
    simulator.on({
      answer: {
        ...gatewayError('APIGW.0308', 429),
        headers: { date: date.toUTCString(), 'retry-after': new Date(date.getTime() + 600_000).toUTCString() },
      },
    });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 600 });
    expect(simulator.calls).toHaveLength(1);
  });

  it('takes Retry-After for a date, too', async () => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer: throttled(new Date(Date.now() + 5_000).toUTCString()), times: 1 });
    const { data } = await query(portsOfHost);
    expect(data.host.ports).toEqual({ totalCount: 0 });
    const [first, second] = simulator.calls;
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(990);
  });

  it.each([
    ['60', 60],
    ['999999999', 999_999_999],
    // Tests may come late: an hour has 3,600 seconds, give or take some minutes.
    [new Date(Date.now() + 3_600_000).toUTCString(), expect.closeTo(3_600, -3) as number],
  ])('is told to the client at once where Retry-After (%s) does not fit', async (retryAfter, seconds) => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer: throttled(retryAfter) });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: seconds });
    expect(simulator.calls).toHaveLength(1);
  });

  it.each(['soon', '-1', '1.5', ''])('backs off by itself where Retry-After is %j', async (retryAfter) => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer: throttled(retryAfter), times: 1 });
    const { errors } = await query(portsOfHost);
    expect(errors).toBeUndefined();
    const [first, second] = simulator.calls;
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(490);
  });

  it('is not tried again when the back-off does not fit the deadline', async () => {
    const { query, simulator } = await startGateway({ env: { OPERATION_TIMEOUT_MS: '490' } });
    // What a first operation does once must not eat up the deadline of the second.
    await query(portsOfHost);
    simulator.clearCalls();
    simulator.on({ answer: gatewayError('APIGW.0308', 429) });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions.code).toBe('UPSTREAM_RATE_LIMITED');
    expect(simulator.calls).toHaveLength(1);
  });

  it('is answered over a new connection when HSS has closed the kept one', async () => {
    const { query, simulator } = await startGateway();
    await query(portsOfHost);
    const origin = new URL(
      simulator.calls[0]!.headers.host ? `http://${String(simulator.calls[0]!.headers.host)}` : '',
    );
    await simulator.close();
    await simulator.listen(Number(origin.port));
    const { data, errors } = await query(portsOfHost);
    expect(errors).toBeUndefined();
    expect(data.host.ports).toEqual({ totalCount: 0 });
  });
});

describe('many reads that fail', () => {
  it('once each are all answered, also those of a token that HSS has not answered before', async () => {
    const { query, simulator } = await startGateway();
    const failed = new Set<string | undefined>();
    simulator.on({
      when: ({ query: { host_id: id } }) => failed.size < failed.add(id).size,
      answer: throttled('1'),
    });
    const { errors } = await query(portsOfHosts, { ids: hostIds(50) });
    expect(errors).toBeUndefined();
    expect(simulator.calls).toHaveLength(100);
  });

  it('make at most the retries of the balance, and one for five reads', async () => {
    const env = { MAX_UPSTREAM_READS: '300', OPERATION_TIMEOUT_MS: '100000' };
    const { query, simulator } = await startGateway({ env });
    // Throttling never opens the breaker, and one that is over at once ends no other call: both would end the calls sooner.
    simulator.on({ answer: throttled('0') });
    const { data, errors } = await query(portsOfHosts, { ids: hostIds(300) });
    expect(data.hosts).toHaveLength(300);
    expect(errors).toHaveLength(300);
    expect(simulator.calls.length).toBeGreaterThanOrEqual(300 + 100);
    expect(simulator.calls.length).toBeLessThanOrEqual(300 + 100 + 300 / 5);
  });

  it('leave the others their retries', async () => {
    const { query, simulator } = await startGateway({ env: { OPERATION_TIMEOUT_MS: '100000' } });
    simulator.on({
      when: ({ headers }) => headers['x-auth-token'] === 'greedy',
      answer: throttled('0'),
    });
    await query(portsOfHosts, { ids: hostIds(100) }, { 'x-auth-token': 'greedy' });
    expect(simulator.calls.length).toBeLessThanOrEqual(100 + 100 + 100 / 5);
    simulator.on({ answer: gatewayError('APIGW.0613', 503), times: 1 });
    expect((await query(portsOfHost)).errors).toBeUndefined();
  });

  it('of strangers leave their retries to those whom HSS has answered', async () => {
    const { query, simulator } = await startGateway({ env: { OPERATION_TIMEOUT_MS: '100000' } });
    await query(portsOfHost);
    simulator.on({ when: ({ path }) => path.includes('/invented'), answer: gatewayError('APIGW.0308', 429) });
    // Together they spend all that strangers have.
    await Promise.all(
      hostIds(30, 'invented').map((name) =>
        query(portsOfHosts, { ids: hostIds(20) }, { 'x-auth-token': `t-${name}`, 'x-project-id': name }),
      ),
    );
    for (let operation = 0; operation < 10; operation++) {
      simulator.on({ when: ({ path }) => path.includes('/project/'), answer: { status: 503 }, times: 1 });
      expect((await query(portsOfHost)).errors).toBeUndefined();
    }
    simulator.on({ answer: { status: 503 }, times: 1 });
    const stranger = { 'x-auth-token': 'new', 'x-project-id': 'newer' };
    expect((await query(portsOfHost, {}, stranger)).errors).toHaveLength(1);
  });

  it('for a token that HSS refuses make one call each', async () => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer: gatewayError('APIGW.0301', 401) });
    const { errors } = await query(portsOfHosts, { ids: hostIds(5) });
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(Array<string>(5).fill('UNAUTHENTICATED'));
    expect(simulator.calls).toHaveLength(5);
  });
});

describe('a write on a kept connection that HSS has closed', () => {
  it('is not sent again, because nobody knows whether it happened', async () => {
    // Closes each connection at its second request, as if that had crossed the end of the connection on its way.
    const body = JSON.stringify({ total_num: 0, data_list: [] });
    const { origin, requests } = await startFaultServer((socket, request) => {
      if (request === 1) socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      else socket.destroy();
    });
    const { query } = await startGateway({ env: { HSS_ENDPOINT: origin } });
    await query(portsOfHost);
    const { data } = await query(
      `mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) {
        results { outcome error { code } }
      } }`,
    );
    expect(data.setPortIgnore.results).toEqual([{ outcome: 'UNKNOWN', error: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(requests).toHaveLength(2);
  });
});
