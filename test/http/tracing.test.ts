import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { startTracing, type Tracing } from '../../src/process/tracing.ts';
import { gatewayError } from '../../src/simulator/error-replies.ts';
import { startCollector, type Collector, type ReceivedSpan } from '../support/collector.ts';
import { eventually } from '../support/eventually.ts';
import { startGateway, type GraphQLResult } from '../support/gateway.ts';

const [internal, server, client] = [1, 2, 3];
const failed = 2;
const callerTrace = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpan = '00f067aa0ba902b7';
const traceparent = `00-${callerTrace}-${callerSpan}-01`;
const tracing = { config: { tracing: true } };

describe('a trace', () => {
  let collector: Collector;
  let sdk: Tracing;

  beforeAll(async () => {
    collector = await startCollector();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.endpoint);
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '20');
    vi.stubEnv('OTEL_SERVICE_NAME', 'ports-of-our-hosts');
    sdk = await startTracing(createLog('silent'), 'http/json');
  });

  afterAll(async () => {
    await sdk.close();
    collector.close();
    vi.unstubAllEnvs();
  });

  /** The spans of one trace, once `count` of them have come. */
  const spansOf = (traceId: unknown, count: number): Promise<readonly ReceivedSpan[]> =>
    eventually(() => {
      const spans = collector.spans.filter((span) => span.traceId === traceId);
      expect(spans).toHaveLength(count);
      return spans;
    });

  it('has a span for the operation, for each planned read, and for each HTTP call', async () => {
    const { query, simulator, log } = await startGateway(tracing);
    await query(
      'query Ports { a: host(id: "h") { ports { totalCount nodes { port } } } b: host(id: "i") { ports { nodes { port } } } }',
    );
    const { traceId } = log.find(({ msg }) => msg === 'operation')!;
    const spans = await spansOf(traceId, 5);
    const operation = spans.find(({ kind }) => kind === server)!;
    expect(operation).toMatchObject({
      name: 'query',
      attributes: { 'graphql.operation.type': 'query', 'graphql.operation.name': 'Ports' },
      service: 'ports-of-our-hosts',
    });
    const reads = spans.filter(({ kind }) => kind === internal);
    expect(reads.map(({ name, parentSpanId, attributes }) => ({ name, parentSpanId, attributes }))).toEqual(
      [0, 0].map((offset) => ({
        name: 'read',
        parentSpanId: operation.spanId,
        attributes: { 'hss.offset': offset, 'hss.limit': 10, 'hss.rows': 0 },
      })),
    );
    const calls = spans.filter(({ kind }) => kind === client);
    expect(new Set(calls.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set(reads.map(({ spanId }) => spanId)));
    for (const { name, attributes } of calls) {
      expect(name).toBe('GET /v5/{project_id}/asset/ports');
      expect(attributes).toEqual({
        'http.request.method': 'GET',
        'url.template': '/v5/{project_id}/asset/ports',
        'http.response.status_code': 200,
      });
    }
    expect(simulator.calls.map(({ headers }) => headers.traceparent).toSorted()).toEqual(
      calls.map(({ spanId }) => `00-${String(traceId)}-${spanId}-01`).toSorted(),
    );
  });

  it("goes on with the caller's, and keeps its trace state, but not its baggage", async () => {
    const { query, simulator } = await startGateway(tracing);
    await query(
      '{ host(id: "h") { ports { totalCount } } }',
      {},
      { traceparent, tracestate: 'a=1,b=2', baggage: 'who=me' },
    );
    const spans = await spansOf(callerTrace, 3);
    expect(spans.find(({ kind }) => kind === server)).toMatchObject({
      parentSpanId: callerSpan,
      traceState: 'a=1,b=2',
    });
    const [call] = simulator.calls;
    expect(call!.headers.traceparent).toBe(`00-${callerTrace}-${spans.find(({ kind }) => kind === client)!.spanId}-01`);
    expect(call!.headers.tracestate).toBe('a=1,b=2');
    expect(call!.headers).not.toHaveProperty('baggage');
  });

  it('links who shared a call to the span of that call', async () => {
    const { query, log } = await startGateway({ ...tracing, simulator: { latencyMs: 3_000 } });
    const one = '{ host(id: "h") { ports { totalCount } } }';
    await Promise.all([query(one), query(one)]);
    const traceIds = log.filter(({ msg }) => msg === 'operation').map(({ traceId }) => traceId);
    expect(traceIds).toHaveLength(2);
    const spans = await eventually(() => {
      const found = collector.spans.filter(({ traceId }) => traceIds.includes(traceId));
      // Two operations, a read in each, and one call.
      expect(found).toHaveLength(5);
      return found;
    });
    const call = spans.find(({ kind }) => kind === client)!;
    const joined = spans.find(({ name, traceId }) => name === 'read' && traceId !== call.traceId)!;
    expect(joined.links).toMatchObject([{ traceId: call.traceId, spanId: call.spanId }]);
    expect(spans.filter(({ links = [] }) => links.length > 0)).toHaveLength(1);
  });

  it('shows a write, and marks what failed by its code', async () => {
    const { query, simulator, log } = await startGateway(tracing);
    simulator.on({ answer: gatewayError('APIGW.0302', 403), times: 1 });
    await query('{ host(id: "h") { ports { totalCount } } }');
    await query(
      'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }',
    );
    const [read, write] = log.filter(({ msg }) => msg === 'operation');
    const failure = await spansOf(read!.traceId, 3);
    for (const { status } of failure) expect(status).toMatchObject({ code: failed });
    expect(failure.map(({ kind, attributes }) => [kind, attributes['error.type']]).toSorted()).toEqual([
      [internal, 'forbidden'],
      [server, 'FORBIDDEN'],
      [client, 'forbidden'],
    ]);
    const success = await spansOf(write!.traceId, 2);
    expect(success.map(({ name, status }) => [name, status.code ?? 0]).toSorted()).toEqual([
      ['POST /v5/{project_id}/asset/batch-modify-port-status', 0],
      ['mutation', 0],
    ]);
  });

  it('counts the repetitions of a call', async () => {
    const { query, simulator, log } = await startGateway(tracing);
    simulator.on({ answer: { status: 503, body: 'no' }, times: 1 });
    await query('{ host(id: "h") { ports { totalCount } } }');
    const spans = await spansOf(log.find(({ msg }) => msg === 'operation')!.traceId, 4);
    expect(
      spans
        .filter(({ kind }) => kind === client)
        .map(({ attributes }) => [attributes['http.response.status_code'], attributes['http.request.resend_count']]),
    ).toEqual(
      expect.arrayContaining([
        [503, undefined],
        [200, 1],
      ]),
    );
  });

  it('has a span for an operation that is refused', async () => {
    const { query, log } = await startGateway(tracing);
    await query('{ hostt }', {}, { traceparent: `00-${'a'.repeat(32)}-${callerSpan}-01` });
    expect(await spansOf('a'.repeat(32), 1)).toMatchObject([{ kind: server, status: { code: failed } }]);
    expect(log.find(({ msg }) => msg === 'operation')).toMatchObject({ traceId: 'a'.repeat(32) });
  });

  it('holds no token, no document, no address of HSS and no word of its messages', async () => {
    const { query, simulator, log } = await startGateway(tracing);
    simulator.on({ answer: { status: 500, body: { error_code: 'HSS.0041', error_msg: 'canary-message' } }, times: 1 });
    simulator.on({ answer: 'reset' });
    const headers = { 'x-auth-token': 'canary-token', 'x-project-id': 'canary-project', cookie: 'canary-cookie' };
    await query('query A { host(id: "canary-host") { canaryAlias: ports { totalCount } } }', {}, headers);
    await query('query B { host(id: "canary-host") { canaryAlias: ports { totalCount } } }', {}, headers);
    const operations = log.filter(({ msg }) => msg === 'operation');
    await spansOf(operations[0]!.traceId, 3);
    await spansOf(operations[1]!.traceId, 5);
    const everything = collector.bodies.join('\n');
    expect(everything).toContain('UPSTREAM_UNAVAILABLE');
    expect(everything).not.toMatch(/canary/i);
    expect(everything).not.toContain(simulator.calls[0]!.headers.host);
    expect(everything).not.toContain('127.0.0.1');
  });

  const invalid = [
    ['of zeros', `00-${'0'.repeat(32)}-${callerSpan}-01`],
    ['without a span', `00-${callerTrace}-${'0'.repeat(16)}-01`],
    ['of a forbidden version', `ff-${callerTrace}-${callerSpan}-01`],
    ['in upper case', traceparent.toUpperCase()],
    ['too short', traceparent.slice(0, -1)],
    ['with more than there is in this version', `${traceparent}-00`],
    ['of 60 KB', `00-${'a'.repeat(60_000)}-${callerSpan}-01`],
  ] as const;
  describe.each([true, false])('of a caller (with tracing: %s)', (isTraced) => {
    it.each(invalid)('goes up neither with its state where it is %s', async (_what, given) => {
      const { query, simulator } = await startGateway({ config: { tracing: isTraced } });
      await query('{ host(id: "h") { ports { totalCount } } }', {}, { traceparent: given, tracestate: 'canary=1' });
      const [call] = simulator.calls;
      expect(call!.headers).not.toHaveProperty('tracestate');
      if (isTraced) expect(call!.headers.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-0[01]$/);
      else expect(call!.headers).not.toHaveProperty('traceparent');
      expect(String(call!.headers.traceparent)).not.toContain(callerTrace);
    });

    it('goes up without a state of more than 512 characters, or one that has no parent', async () => {
      const { query, simulator } = await startGateway({ config: { tracing: isTraced } });
      const states = [`a=${'x'.repeat(200)},b=${'y'.repeat(200)}`, 'a=1,'.repeat(200)];
      for (const tracestate of states)
        await query('{ host(id: "h") { ports { totalCount } } }', {}, { traceparent, tracestate });
      await query('{ host(id: "h") { ports { totalCount } } }', {}, { tracestate: 'a=1' });
      const sent = simulator.calls.map(({ headers }) => headers.tracestate);
      expect(sent[0]).toBe(states[0]);
      expect(String(sent[1] ?? '').length).toBeLessThanOrEqual(512);
      expect(sent[2]).toBeUndefined();
    });

    it('goes up, and is traced, without a state that has a part of a secret of the request in it', async () => {
      const { query, simulator, log } = await startGateway({ config: { tracing: isTraced } });
      const token = 'MIIabcdefghijklmnopqrstuvwxyz';
      const ask = (tracestate: string): Promise<GraphQLResult> =>
        query(
          '{ host(id: "h") { ports { totalCount } } }',
          {},
          { 'x-auth-token': token, 'router-authorization': 'secret-of-the-router', traceparent, tracestate },
        );
      for (const secret of [token.slice(5, 21), 'cret-of-the-route']) await ask(`a=1,b=${secret}`);
      await ask(`a=1,b=${token.slice(5, 20)}`);
      const sent = simulator.calls.map(({ headers }) => headers);
      expect(sent.map(({ tracestate }) => tracestate)).toEqual([undefined, undefined, `a=1,b=${token.slice(5, 20)}`]);
      for (const { traceparent: parent } of sent) expect(parent).toContain(callerTrace);
      if (!isTraced) return;
      // The last operation's span comes after those of the others.
      await eventually(() => expect(collector.bodies.join('')).toContain(token.slice(5, 20)));
      expect(log.filter(({ msg }) => msg === 'operation')).toHaveLength(3);
      expect(collector.bodies.join('')).not.toMatch(new RegExp(`${token.slice(5, 21)}|cret-of-the-route`));
    });
  });

  it('is not made where tracing is off; the line of the log names that of the caller', async () => {
    const { query, simulator, log } = await startGateway();
    const before = collector.spans.length;
    await query('{ host(id: "h") { ports { totalCount } } }', {}, { traceparent, tracestate: 'a=1' });
    expect(log.find(({ msg }) => msg === 'operation')).toMatchObject({ traceId: callerTrace });
    await query('{ __typename }');
    expect(log.at(-1)).not.toHaveProperty('traceId');
    expect(simulator.calls.map(({ headers }) => [headers.traceparent, headers.tracestate])).toEqual([
      [traceparent, 'a=1'],
    ]);
    expect(collector.spans.length).toBe(before);
  });
});
