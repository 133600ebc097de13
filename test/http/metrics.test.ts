import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gatewayError, hssError } from '../../src/simulator/error-replies.ts';
import { eventually } from '../support/eventually.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/** Samples of the gateway's own metrics and of what was asked for, by name and labels. */
async function samples({ fetch }: TestGateway): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch('/metrics')).text();
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('metrics', () => {
  it('are served in the text format of Prometheus', async () => {
    const { fetch } = await startGateway();
    const response = await fetch('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toContain('# TYPE hss_gateway_operation_duration_seconds histogram');
  });

  it('count operations by type and outcome, calls by endpoint and status, retries, rows and merged windows', async () => {
    const gateway = await startGateway();
    const { query, simulator } = gateway;
    await query(
      '{ host(id: "dd91cd32-a238-4c0e-bc01-3b11653714ac") { a: ports { nodes { port } } b: ports(page: { limit: 5 }) { nodes { port } } } }',
    );
    simulator.on({ answer: { status: 503, body: 'no' }, times: 1 });
    await query('{ host(id: "h") { ports { nodes { port } } } }');
    simulator.on({ answer: hssError('HSS.0013'), times: 1 });
    await query('{ host(id: "h") { ports { nodes { port } } } }');
    const throttled = { ...gatewayError('APIGW.0308', 429), headers: { 'retry-after': '600' } };
    simulator.on({ answer: throttled, times: 1 });
    await query('{ host(id: "h") { ports { nodes { port } } } }');
    const write =
      'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }';
    simulator.on({ answer: 'reset', times: 1 });
    await query(write);
    await query(write);
    // Remembered: it is the last one that goes out.
    simulator.on({ answer: throttled, times: 1 });
    await query(write);
    await query('{ hostt }');
    const read = await samples(gateway);
    const countOf = (name: string, labels: string): number | undefined => read.get(`${name}_count{${labels}}`);
    const operations = 'hss_gateway_operation_duration_seconds';
    expect(countOf(operations, 'type="query",outcome="ok"')).toBe(2);
    expect(countOf(operations, 'type="query",outcome="FORBIDDEN"')).toBe(1);
    expect(countOf(operations, 'type="mutation",outcome="ok"')).toBe(1);
    expect(countOf(operations, 'type="mutation",outcome="UPSTREAM_UNAVAILABLE"')).toBe(1);
    expect(countOf(operations, 'type="mutation",outcome="UPSTREAM_RATE_LIMITED"')).toBe(1);
    expect(countOf(operations, 'type="refused",outcome="GRAPHQL_VALIDATION_FAILED"')).toBe(1);
    const calls = 'hss_gateway_upstream_call_duration_seconds';
    expect(countOf(calls, 'endpoint="ListPorts",status="2xx"')).toBe(2);
    expect(countOf(calls, 'endpoint="ListPorts",status="5xx"')).toBe(1);
    expect(countOf(calls, 'endpoint="ListPorts",status="4xx"')).toBe(1);
    expect(countOf(calls, 'endpoint="ListPorts",status="429"')).toBe(1);
    expect(countOf(calls, 'endpoint="BatchModifyPortStatus",status="none"')).toBe(1);
    expect(countOf(calls, 'endpoint="BatchModifyPortStatus",status="429"')).toBe(1);
    expect(countOf(calls, 'endpoint="BatchModifyPortStatus",status="2xx"')).toBe(1);
    expect(read.get('hss_gateway_upstream_retries_total{endpoint="ListPorts"}')).toBe(1);
    expect(read.get('hss_gateway_bugs_total')).toBe(0);
    expect(read.get('hss_gateway_rows_total')).toBe(2);
    expect(read.get('hss_gateway_merged_windows_total')).toBe(1);
    for (const scope of ['hss', 'project', 'token'])
      expect(read.get(`hss_gateway_breakers_open{scope="${scope}"}`)).toBe(0);
    expect(read.get('hss_gateway_upstream_waiting')).toBe(0);
    expect(read.has('nodejs_eventloop_lag_seconds')).toBe(true);
    expect(read.has('process_resident_memory_bytes')).toBe(true);
  });

  it('show counters that alerts watch before there is anything to count', async () => {
    const read = await samples(await startGateway());
    expect(read.get('hss_gateway_bugs_total')).toBe(0);
    expect(read.get('hss_gateway_upstream_retries_total{endpoint="ListPorts"}')).toBe(0);
    expect(read.get('hss_gateway_upstream_retries_total{endpoint="BatchModifyPortStatus"}')).toBe(0);
    for (const reason of ['QUEUE_FULL', 'QUEUE_TIMEOUT', 'CIRCUIT_OPEN'])
      expect(read.get(`hss_gateway_upstream_failures_total{reason="${reason}"}`)).toBe(0);
    for (const scope of ['hss', 'project', 'token'])
      expect(read.get(`hss_gateway_breaker_openings_total{scope="${scope}"}`)).toBe(0);
  });

  it('say which version runs, and whether over a simulator', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    for (const hasSimulator of [false, true]) {
      const gateway = await startGateway({ config: { hasSimulator } });
      const read = await samples(gateway);
      expect(read.get(`hss_gateway_build_info{version="${version}"}`)).toBe(1);
      expect(read.get('hss_gateway_simulator')).toBe(Number(hasSimulator));
      const ready = await (await gateway.fetch('/ready')).json();
      expect(ready).toEqual({ status: 'serving', hss: 'unknown', ...(hasSimulator && { simulator: true }) });
    }
  });

  it('tell calls that were given up from calls that HSS did not answer', async () => {
    const gateway = await startGateway({
      env: { HSS_TIMEOUT_MS: '4000', OPERATION_TIMEOUT_MS: '5000', HSS_CONNECTIONS: '1' },
    });
    gateway.simulator.on({ answer: 'hang' });
    // The first has its 4 s; by then the other has one left.
    await Promise.all(['a', 'b'].map((id) => gateway.query(`{ host(id: "${id}") { ports { totalCount } } }`)));
    const read = await samples(gateway);
    const countOf = (status: string): number | undefined =>
      read.get(`hss_gateway_upstream_call_duration_seconds_count{endpoint="ListPorts",status="${status}"}`);
    expect([countOf('none'), countOf('given-up')]).toEqual([1, 1]);
  });

  it('count an operation with a bug as one, whatever else went wrong in it', async () => {
    // A loader's key cannot be made of it: a TypeError where no resolver expects one.
    const gateway = await startGateway({ config: { enterpriseProjectId: Symbol() as unknown as string } });
    await gateway.query('{ a: host(id: "") { id } b: host(id: "h") { ports { totalCount } } }');
    const count = 'hss_gateway_operation_duration_seconds_count';
    const counted = [...(await samples(gateway)).keys()].filter((name) => name.startsWith(count));
    expect(counted).toEqual([`${count}{type="query",outcome="INTERNAL_SERVER_ERROR"}`]);
    expect((await samples(gateway)).get('hss_gateway_bugs_total')).toBe(1);
  });

  it('measure operations to less than a millisecond', async () => {
    const gateway = await startGateway();
    for (let index = 0; index < 10; index++) await gateway.query('{ __typename }');
    const sum = (await samples(gateway)).get('hss_gateway_operation_duration_seconds_sum{type="query",outcome="ok"}')!;
    expect(Number.isInteger(Math.round(sum * 1e9) / 1e6)).toBe(false);
  });

  it('show calls that wait for a place', async () => {
    const gateway = await startGateway({ env: { HSS_CONNECTIONS: '1' }, simulator: { latencyMs: 60_000 } });
    const leaving = new AbortController();
    const ask = (host: string): Promise<unknown> =>
      fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
        body: JSON.stringify({ query: `{ host(id: "${host}") { ports { totalCount } } }` }),
        signal: leaving.signal,
      }).catch(() => null);
    const asked = [ask('a'), ask('b'), ask('c')];
    await eventually(async () => {
      expect((await samples(gateway)).get('hss_gateway_upstream_waiting')).toBe(2);
    });
    leaving.abort();
    await Promise.all(asked);
    await eventually(async () => {
      const read = await samples(gateway);
      expect(read.get('hss_gateway_upstream_waiting')).toBe(0);
      expect(read.get('hss_gateway_operation_duration_seconds_count{type="query",outcome="aborted"}')).toBe(3);
    });
  });

  it('have no label that a client can choose', async () => {
    const gateway = await startGateway();
    const labelled = async (): Promise<string[]> =>
      [...(await samples(gateway)).keys()].filter((name) => name.startsWith('hss_gateway_')).toSorted();
    const ask = async (canary: string): Promise<void> => {
      const headers = { 'x-auth-token': canary, 'x-project-id': canary, 'x-request-id': canary, 'user-agent': canary };
      await gateway.query(`query ${canary} { host(id: "${canary}") { ${canary}: ports { totalCount } } }`, {}, headers);
      await gateway.query(`query ${canary} { ${canary} }`, {}, headers);
      await gateway.query(`subscription ${canary} { ${canary} }`, {}, headers);
      await gateway.fetch(`/${canary}`, { method: 'PROPFIND', headers });
    };
    await ask('canaryOne');
    const before = await labelled();
    await ask('canaryTwo');
    expect(await labelled()).toEqual(before);
    expect(before.join('\n')).not.toContain('canary');
  });
});

describe('health', () => {
  it('is answered without a token, by GET and HEAD', async () => {
    const { fetch } = await startGateway();
    for (const path of ['/health', '/ready', '/metrics']) {
      for (const method of ['GET', 'HEAD']) expect((await fetch(path, { method })).status).toBe(200);
    }
  });

  it("shows HSS's state in the body of /ready, and stays ready while HSS fails", async () => {
    const gateway = await startGateway();
    const ready = async (): Promise<unknown> => {
      const response = await gateway.fetch('/ready');
      return [response.status, await response.json()];
    };
    const query = '{ host(id: "h") { ports { totalCount } } }';
    expect(await ready()).toEqual([200, { status: 'serving', hss: 'unknown' }]);
    await gateway.query(query);
    expect(await ready()).toEqual([200, { status: 'serving', hss: 'answering' }]);
    // One call of one token, with its retries, is enough.
    gateway.simulator.on({ times: 3, answer: { status: 503 } });
    await gateway.query(query);
    expect(await ready()).toEqual([200, { status: 'serving', hss: 'failing' }]);
    await gateway.query(query);
    expect(await ready()).toEqual([200, { status: 'serving', hss: 'answering' }]);
    await gateway.simulator.close();
    await gateway.query(query);
    expect(await ready()).toEqual([200, { status: 'serving', hss: 'failing' }]);
  });

  it('is answered without the secret of the router, and nothing else is', async () => {
    const { fetch, query, simulator } = await startGateway({ env: { ROUTER_SECRET: 'sesame' } });
    expect((await fetch('/health')).status).toBe(200);
    expect((await fetch('/ready')).status).toBe(200);
    const wrong: Record<string, string>[] = [{}, { 'router-authorization': 'sesam' }, { 'router-authorization': '' }];
    for (const headers of wrong) {
      const {
        status,
        errors,
        data,
        headers: challenge,
      } = await query('{ host(id: "h") { ports { limit } } }', {}, headers);
      expect(status).toBe(401);
      expect(challenge.get('www-authenticate')).toBe('Router-Authorization');
      expect(data).toBeUndefined();
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    expect((await fetch('/metrics')).status).toBe(401);
    expect(simulator.calls).toEqual([]);
    const { data } = await query('{ __typename }', {}, { 'router-authorization': 'sesame' });
    expect(data).toEqual({ __typename: 'Query' });
  });
});
