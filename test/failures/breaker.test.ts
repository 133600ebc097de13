import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FaultAnswer } from '../../src/simulator/faults.ts';
import { gatewayError, hssError } from '../../src/simulator/error-replies.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { hostIds, portsOfHost, portsOfHosts } from '../support/operations.ts';

/** Asks, for ten hosts at once, until an answer comes without a call, and says when to come again. */
async function untilOpen({ query, simulator }: TestGateway, headers: Readonly<Record<string, string>> = {}) {
  for (let asked = 0; asked < 40; asked++) {
    const before = simulator.calls.length;
    const { errors } = await query(portsOfHosts, { ids: hostIds(10) }, headers);
    if (errors?.[0]?.extensions.retryAfterSeconds !== undefined && simulator.calls.length === before) return errors[0];
  }
  throw new Error('The breaker did not open.');
}

describe('the breaker', () => {
  const outages: readonly (readonly [string, FaultAnswer])[] = [
    ['resets', 'reset'],
    ['cut bodies', 'cut-body'],
    ['timeouts', 'hang'],
    ['503', gatewayError('APIGW.0613', 503)],
    ['504', gatewayError('APIGW.0201', 504)],
  ];
  it.each(outages)('opens after repeated %s, answers at once, and probes its way back', async (_what, answer) => {
    const gateway = await startGateway({ env: { HSS_TIMEOUT_MS: '2000' } });
    const { query, simulator, fetch } = gateway;
    simulator.on({ answer });
    const error = await untilOpen(gateway);
    expect(error.extensions).toEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      retryAfterSeconds: expect.any(Number) as number,
    });
    expect(simulator.calls.length).toBeGreaterThanOrEqual(25);

    const ready = await fetch('/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'serving', hss: 'failing' });
    // One token's calls: no other is shut out.
    expect(await (await fetch('/metrics')).text()).toMatch(/^hss_gateway_breakers_open\{scope="token"\} [1-9]/m);

    simulator.clearFaults();
    await expect.poll(() => query(portsOfHost)).toMatchObject({ errors: undefined });
  });

  it('opens for all where no connection is made, and closes for all', async () => {
    const { query, simulator, fetch } = await startGateway();
    await query(portsOfHost);
    const { port } = new URL(`http://${String(simulator.calls[0]!.headers.host)}`);
    await simulator.close();
    await expect
      .poll(async () => (await query(portsOfHosts, { ids: hostIds(10) })).errors!.at(-1)!.extensions)
      .toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 1 });
    expect(await (await fetch('/ready')).json()).toEqual({ status: 'serving', hss: 'failing' });
    const elsewhere = { 'x-auth-token': 'another', 'x-project-id': 'elsewhere' };
    const { errors } = await query(portsOfHost, {}, elsewhere);
    expect(errors![0]!.extensions).toEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      retryAfterSeconds: expect.any(Number) as number,
    });
    await simulator.listen(Number(port));
    await expect.poll(() => query(portsOfHost, {}, elsewhere)).toMatchObject({ errors: undefined });
    await expect.poll(() => query(portsOfHost)).toMatchObject({ errors: undefined });
    expect(await (await fetch('/ready')).json()).toEqual({ status: 'serving', hss: 'answering' });
  });

  it('says in the log what it shuts and when, and counts it', async () => {
    const gateway = await startGateway();
    const { query, simulator, fetch, log } = gateway;
    const token = 'canary-token';
    const name = createHash('sha256').update(token).digest('base64').slice(0, 8);
    simulator.on({ answer: 'reset' });
    await untilOpen(gateway, { 'x-auth-token': token });
    const circuit = { scope: 'token', project: 'project', token: name };
    expect(log.filter(({ msg }) => String(msg).startsWith('a breaker'))).toEqual([
      expect.objectContaining({ level: 40, msg: 'a breaker opened: calls to HSS are refused', ...circuit }),
    ]);
    simulator.clearFaults();
    await expect.poll(() => query(portsOfHost, {}, { 'x-auth-token': token })).toMatchObject({ errors: undefined });
    expect(log.at(-2)).toMatchObject({ level: 30, msg: 'a breaker closed', ...circuit });
    const metrics = await (await fetch('/metrics')).text();
    expect(metrics).toMatch(/^hss_gateway_breaker_openings_total\{scope="token"\} 1$/m);
    expect(metrics).toMatch(/^hss_gateway_breaker_openings_total\{scope="hss"\} 0$/m);
    expect(JSON.stringify(log)).not.toContain(token);
  });

  it('opens for a project when several of its tokens fail, and leaves other projects alone', async () => {
    const gateway = await startGateway();
    const { query, simulator } = gateway;
    const sick = (token: string) =>
      query(portsOfHosts, { ids: hostIds(3) }, { 'x-auth-token': token, 'x-project-id': 'sick' });
    await Promise.all(['a', 'b', 'c'].map(sick));
    simulator.on({ when: ({ path }) => path.includes('/sick/'), answer: 'reset' });
    await expect
      .poll(async () => {
        const before = simulator.calls.length;
        await Promise.all(['a', 'b', 'c'].map(sick));
        return simulator.calls.length - before;
      })
      .toBe(0);
    const newcomer = await query(portsOfHost, {}, { 'x-auth-token': 'd', 'x-project-id': 'sick' });
    expect(newcomer.errors![0]!.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    expect((await query(portsOfHost)).errors).toBeUndefined();
  });

  it('opens for nobody else by tokens and projects that HSS has never answered, however many', async () => {
    const gateway = await startGateway();
    const { query, simulator } = gateway;
    simulator.on({ when: ({ path }) => path.includes('/invented'), answer: { status: 503 } });
    const invented = hostIds(5, 'invented').flatMap((project) =>
      hostIds(3, 'token').map((token) => ({ 'x-auth-token': token, 'x-project-id': project })),
    );
    const ask = (headers: Readonly<Record<string, string>>) => query(portsOfHosts, { ids: hostIds(20) }, headers);
    // Until each is refused by its own circuit.
    await expect
      .poll(async () => {
        const before = simulator.calls.length;
        await Promise.all(invented.map(ask));
        return simulator.calls.length - before;
      })
      .toBe(0);
    expect(
      (await query(portsOfHost, {}, { 'x-project-id': 'invented0' })).errors![0]!.extensions.upstream,
    ).toMatchObject({ status: 503 });
    expect((await query(portsOfHost, {}, { 'x-auth-token': 'token0' })).errors).toBeUndefined();
  });

  it('lets one probe out at a time', async () => {
    // The probe is under way to the end of the test, however long that takes.
    const gateway = await startGateway({ env: { HSS_TIMEOUT_MS: '600000', OPERATION_TIMEOUT_MS: '600000' } });
    const { query, simulator } = gateway;
    simulator.on({ answer: 'reset' });
    await untilOpen(gateway);
    simulator.clearFaults();
    simulator.clearCalls();
    simulator.on({ answer: 'hang' });
    // Together they knock until the probe has gone out; all others are refused at once.
    await expect
      .poll(async () => {
        await Promise.race([
          query(portsOfHosts, { ids: hostIds(20) }),
          new Promise((resolve) => setTimeout(resolve, 50)),
        ]);
        return simulator.calls.length;
      })
      .toBeGreaterThan(0);
    const { errors } = await query(portsOfHosts, { ids: hostIds(20, 'other') });
    expect(errors).toHaveLength(20);
    expect(simulator.calls).toHaveLength(1);
  });

  const answers: readonly (readonly [string, FaultAnswer])[] = [
    ['400', hssError('HSS.0001')],
    ['401', gatewayError('APIGW.0301', 401)],
    ['404', gatewayError('APIGW.0101', 404)],
    ['500', hssError('HSS.0041', 500)],
    ['HTML', { status: 200, body: '<html>' }],
  ];
  it.each(answers)('never opens by answers, such as %s', async (_what, answer) => {
    const { query, simulator, fetch } = await startGateway();
    simulator.on({ answer });
    for (let round = 1; round <= 4; round++) {
      await query(portsOfHosts, { ids: hostIds(20) });
      expect(simulator.calls).toHaveLength(round * 20);
    }
    expect(await (await fetch('/ready')).json()).toEqual({ status: 'serving', hss: 'answering' });
  });

  it('counts failures in a row: a refusal between them shows that HSS lives', async () => {
    const { query, simulator } = await startGateway({ env: { HSS_TIMEOUT_MS: '1000' } });
    simulator.on({ when: ({ query: asked }) => asked.host_id !== 'h', answer: 'hang' });
    simulator.on({ answer: hssError('HSS.0001') });
    for (let round = 0; round < 6; round++) {
      await query(portsOfHosts, { ids: hostIds(3, 'slow') });
      await query(portsOfHost);
    }
    expect(simulator.calls).toHaveLength(24);
  });

  it('opens by silence also where an operation has less time than an attempt may take', async () => {
    const gateway = await startGateway({ env: { HSS_TIMEOUT_MS: '60000', OPERATION_TIMEOUT_MS: '100' } });
    gateway.simulator.on({ answer: 'hang' });
    expect((await untilOpen(gateway)).extensions.code).toBe('UPSTREAM_UNAVAILABLE');
  });
});
