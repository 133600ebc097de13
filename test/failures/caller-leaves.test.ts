import { describe, expect, it, onTestFinished } from 'vitest';
import { gatewayError } from '../../src/simulator/error-replies.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { hostIds, portsOfHost, portsOfHosts } from '../support/operations.ts';

/** Sends an operation of a caller who can leave. */
function start({ url }: TestGateway, query: string, variables: object = {}): { leave(): Promise<void> } {
  const caller = new AbortController();
  const left = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
    body: JSON.stringify({ query, variables }),
    signal: caller.signal,
  }).then(
    () => Promise.reject(new Error('The caller was answered.')),
    () => undefined,
  );
  return {
    async leave() {
      caller.abort();
      await left;
    },
  };
}

/** The operation's log line, and that no line is worse than it. */
async function expectQuietLog({ log }: TestGateway): Promise<void> {
  await expect.poll(() => log.filter(({ msg }) => msg === 'operation')).toMatchObject([{ aborted: true }]);
  expect(log.filter(({ level }) => Number(level) > 30)).toEqual([]);
}

describe('a caller who leaves', () => {
  it('ends the calls that are under way, and their connections', async () => {
    const gateway = await startGateway();
    const { simulator } = gateway;
    simulator.on({ answer: 'hang' });
    const caller = start(gateway, portsOfHosts, { ids: hostIds(5) });
    await expect.poll(() => simulator.calls.length).toBe(5);
    await caller.leave();
    await expect.poll(() => simulator.calls.map(({ aborted }) => aborted)).toEqual(Array<boolean>(5).fill(true));
    await expectQuietLog(gateway);
  });

  it('takes the calls along that wait for a place', async () => {
    const gateway = await startGateway({ env: { HSS_CONNECTIONS: '1' } });
    const { simulator, fetch } = gateway;
    simulator.on({ answer: 'hang', times: 1 });
    const caller = start(gateway, portsOfHosts, { ids: hostIds(5) });
    const waiting = async (): Promise<string | undefined> =>
      /^hss_gateway_upstream_waiting (\d+)$/m.exec(await (await fetch('/metrics')).text())?.[1];
    await expect.poll(waiting).toBe('4');
    await caller.leave();
    await expect.poll(waiting).toBe('0');
    expect(simulator.calls).toHaveLength(1);
    // And gives the place back.
    const { errors } = await gateway.query(portsOfHosts, { ids: ['h'] });
    expect(errors).toBeUndefined();
    await expectQuietLog({ ...gateway, log: gateway.log.filter(({ aborted }) => aborted) });
  });

  it('takes the calls along that wait to be tried again', async () => {
    const gateway = await startGateway();
    const { simulator } = gateway;
    simulator.on({ answer: { ...gatewayError('APIGW.0308', 429), headers: { 'retry-after': '15' } } });
    const caller = start(gateway, portsOfHosts, { ids: hostIds(3) });
    await expect.poll(() => simulator.calls.map(({ status }) => status)).toEqual([429, 429, 429]);
    await caller.leave();
    // The operation ends now, not when the wait is over.
    await expect.poll(() => gateway.log.some(({ aborted }) => aborted === true), { timeout: 10_000 }).toBe(true);
    await expectQuietLog(gateway);
    expect(simulator.calls).toHaveLength(3);
  });

  it('ends reads of fifty hosts without a warning of Node', async () => {
    const warnings: string[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const gateway = await startGateway({ env: { HSS_CONNECTIONS: '10' } });
    gateway.simulator.on({ answer: 'hang' });
    const caller = start(gateway, portsOfHosts, { ids: hostIds(50) });
    await expect.poll(() => gateway.simulator.calls.length).toBeGreaterThan(5);
    await caller.leave();
    await expectQuietLog(gateway);
    expect(warnings).toEqual([]);
  });

  it('takes the reads along that wait for the total of their list', async () => {
    const gateway = await startGateway();
    const { simulator } = gateway;
    simulator.on({ answer: 'hang' });
    const caller = start(
      gateway,
      `{ a: host(id: "host-350") { ports(page: { limit: 1000 }) { nodes { port } } }
         b: host(id: "host-350") { ports(page: { limit: 1000, offset: 2000 }) { nodes { port } } } }`,
    );
    await expect.poll(() => simulator.calls.length).toBeGreaterThan(0);
    await caller.leave();
    await expectQuietLog(gateway);
    simulator.clearFaults();
    simulator.clearCalls();
    const { data } = await gateway.query(portsOfHost);
    expect(data.host.ports).toEqual({ totalCount: 0 });
    expect(simulator.calls.map(({ query: asked }) => asked.host_id)).toEqual(['h']);
  });
});
