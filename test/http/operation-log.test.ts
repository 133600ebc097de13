import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { hssError } from '../../src/simulator/error-replies.ts';
import { eventually } from '../support/eventually.ts';
import { startGateway } from '../support/gateway.ts';

const ports = '{ host(id: "h") { ports { totalCount } } }';
const ofOperations = (log: readonly Record<string, unknown>[]): Record<string, unknown>[] =>
  log.filter(({ msg }) => msg === 'operation');

describe('the log', () => {
  it('has one line for an operation, with what it cost and came to', async () => {
    const { query, log, simulator } = await startGateway();
    simulator.on({ answer: { status: 503, body: 'no' }, times: 1 });
    await query(`query Table ${ports}`);
    expect(ofOperations(log)).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
        address: '127.0.0.1',
        operation: 'Table',
        type: 'query',
        project: 'project',
        milliseconds: expect.any(Number),
        reads: 2,
        writes: 0,
        retries: 1,
        shared: 0,
        codes: [],
        msg: 'operation',
      },
    ]);
  });

  it('has one for a refused operation, too', async () => {
    const { query, log } = await startGateway();
    await query('{ hostt }');
    expect(ofOperations(log)).toMatchObject([
      { level: 40, operation: null, type: null, status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'] },
    ]);
  });

  it('warns of what failed, and says why calls to HSS did', async () => {
    const { query, log, simulator } = await startGateway();
    simulator.on({ answer: hssError('HSS.0013'), times: 1 });
    await query(ports);
    await query('{ host(id: "h") { id } }');
    await simulator.close();
    await query('{ hosts(ids: ["a", "b", "c"]) { ports { totalCount } } }');
    expect(ofOperations(log).map(({ level, codes, failures }) => [level, codes, failures])).toEqual([
      [40, ['FORBIDDEN'], [{ status: 400, code: 'HSS.0013', requestId: expect.any(String) }]],
      [30, [], undefined],
      [40, ['UPSTREAM_UNAVAILABLE'], [{ reason: 'ECONNREFUSED' }]],
    ]);
  });

  it('has a share of what went well and changed nothing, and all else', async () => {
    const { query, log, simulator } = await startGateway({ env: { LOG_SAMPLE: '0' } });
    const write =
      'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { ignore } }';
    await query(`query Fine ${ports}`);
    await query('{ hostt }');
    await query(write);
    simulator.on({ answer: hssError('HSS.0013'), times: 1 });
    await query(`query Failed ${ports}`);
    expect(ofOperations(log).map(({ type, operation }) => [type, operation])).toEqual([
      [null, null],
      ['mutation', null],
      ['query', 'Failed'],
    ]);
    const half = await startGateway({ env: { LOG_SAMPLE: '0.5' } });
    for (let index = 0; index < 100; index++) await half.query('{ __typename }');
    // One run in 10^22 has fewer than two, or more than 98.
    expect(half.log.length).toBeGreaterThan(1);
    expect(half.log.length).toBeLessThan(99);
  });

  it('says what a client calls itself, cleaned and bounded', async () => {
    const { query, log } = await startGateway();
    const names = async (headers: Readonly<Record<string, string>>): Promise<unknown> => {
      await query('{ __typename }', {}, headers);
      return log.at(-1)!.client;
    };
    expect(await names({ 'apollographql-client-name': 'console (web)' })).toBe('console (web)');
    expect(await names({ 'graphql-client-name': 'nightly-report' })).toBe('nightly-report');
    expect(await names({ 'graphql-client-name': 'a"b{c' })).toBe('a?b?c');
    expect(await names({ 'graphql-client-name': 'x'.repeat(1_000) })).toBe('x'.repeat(64));
    expect(await names({ 'graphql-client-name': '' })).toBeUndefined();
    const token = 'MIIcanary0123456789';
    for (const name of [token.slice(3), `web ${token}`, `web ${token.slice(0, 8)}`])
      expect(await names({ 'graphql-client-name': name, 'x-auth-token': token })).toBeUndefined();
  });

  it('believes of addresses what a trusted proxy says, and nobody else', async () => {
    const addressOf = async (trusted: string, forwarded: string): Promise<unknown> => {
      const { query, log } = await startGateway({ env: { TRUSTED_PROXIES: trusted } });
      await query('{ __typename }', {}, { 'x-forwarded-for': forwarded });
      return log.at(-1)!.address;
    };
    expect(await addressOf('', '203.0.113.7')).toBe('127.0.0.1');
    expect(await addressOf('loopback', '203.0.113.7')).toBe('203.0.113.7');
    expect(await addressOf('loopback,10.0.0.0/8', '198.51.100.1, 203.0.113.7, 10.1.2.3')).toBe('203.0.113.7');
    expect(await addressOf('loopback', '2001:db8::7')).toBe('2001:db8::7');
    expect(await addressOf('loopback', 'canary')).toBe('127.0.0.1');
  });

  it('names an operation that was refused for its cost', async () => {
    const { query, log } = await startGateway({ env: { MAX_UPSTREAM_READS: '1' } });
    await query('query Greedy { hosts(ids: ["a", "b"]) { ports { totalCount } } }');
    expect(ofOperations(log)).toMatchObject([
      { operation: 'Greedy', type: 'query', project: null, reads: 0, codes: ['COST_LIMIT_EXCEEDED'] },
    ]);
  });

  it('names the project that HSS was asked about, and nothing that is none', async () => {
    const { query, log } = await startGateway();
    for (const project of ['other', 'a/b', 'token of somebody', '..', '']) {
      await query(ports, {}, { 'x-project-id': project });
    }
    await query(ports, {}, { 'x-auth-token': '', 'x-project-id': 'other' });
    await query('{ host(id: "h") { id } }', {}, { 'x-project-id': 'other' });
    expect(ofOperations(log).map(({ project }) => project)).toEqual(['other', null, null, null, 'project', null, null]);
  });

  it('names each code once', async () => {
    const { query, log } = await startGateway();
    await query(
      '{ a: host(id: "") { id } b: host(id: "") { id } c: host(id: "h") { ports { limit } } }',
      {},
      { 'x-auth-token': '' },
    );
    expect(ofOperations(log)).toMatchObject([{ codes: ['BAD_USER_INPUT', 'UNAUTHENTICATED'] }]);
  });

  it("names the codes of a write's results, which are no errors of the answer", async () => {
    const { query, log, simulator } = await startGateway();
    simulator.on({ answer: hssError('HSS.0013'), times: 1 });
    simulator.on({ answer: { status: 502 }, times: 1 });
    const write = `setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] })`;
    const { errors } = await query(
      `mutation { a: ${write} { acceptedCount } b: ${write} { acceptedCount } c: ${write} { results { host { id } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(ofOperations(log)).toMatchObject([{ writes: 3, codes: ['FORBIDDEN', 'UPSTREAM_UNAVAILABLE'] }]);
  });

  it('says why the calls of a write failed, each reason once', async () => {
    const { query, log, simulator } = await startGateway();
    simulator.on({ when: ({ body }) => JSON.stringify(body).includes('"port":1,'), answer: 'reset' });
    simulator.on({ when: ({ method }) => method === 'POST', answer: hssError('HSS.0013') });
    const write = (port: number): string =>
      `setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: ${port}, protocol: TCP }] }) { unknownCount }`;
    await query(`mutation { a: ${write(1)} b: ${write(1)} c: ${write(2)} }`);
    expect(ofOperations(log)).toMatchObject([
      {
        failures: [
          { reason: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) },
          { status: 400, code: 'HSS.0013' },
        ],
      },
    ]);
    expect(ofOperations(log)[0]!.failures).toHaveLength(2);
  });

  it('names a code once that a write has brought in both places', async () => {
    const { query, log, simulator } = await startGateway();
    simulator.on({ answer: { status: 401 } });
    await query(
      'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { ignore } }',
    );
    expect(ofOperations(log)).toMatchObject([{ codes: ['UNAUTHENTICATED'] }]);
  });

  it("takes over the caller's request id, returns it, and sends it to HSS", async () => {
    const { query, log, simulator } = await startGateway();
    const { headers } = await query(ports, {}, { 'x-request-id': 'edge:7f.3-A' });
    expect(headers.get('x-request-id')).toBe('edge:7f.3-A');
    expect(ofOperations(log)).toMatchObject([{ requestId: 'edge:7f.3-A' }]);
    expect(simulator.calls.map((call) => call.headers['x-request-id'])).toEqual(['edge:7f.3-A']);
  });

  it.each([undefined, '', 'x'.repeat(129), 'two words', '{"a":1}'])(
    'makes a request id in place of %j',
    async (given) => {
      const { query, log, simulator } = await startGateway();
      const { headers } = await query(ports, {}, given === undefined ? {} : { 'x-request-id': given });
      const requestId = headers.get('x-request-id');
      expect(requestId).toMatch(/^[\da-f-]{36}$/);
      expect(ofOperations(log)).toMatchObject([{ requestId }]);
      expect(simulator.calls.map((call) => call.headers['x-request-id'])).toEqual([requestId]);
    },
  );

  it('names no operation by a part of the token', async () => {
    const token = 'MIIcanary0123456789';
    const { query, log } = await startGateway();
    for (const name of [token, `Ports_${token.slice(2, 18)}`, 'Ports_canary'])
      await query(`query ${name} { host(id: "h") { ports { totalCount } } }`, {}, { 'x-auth-token': token });
    expect(ofOperations(log).map(({ operation }) => operation)).toEqual([null, null, 'Ports_canary']);
  });

  it('makes a request id in place of one that has a part of the token in it', async () => {
    const token = 'MIIcanary0123456789';
    for (const [secret, given] of [
      [token, token],
      [token, `edge:${token.slice(2, 18)}`],
      ['brief', 'brief'],
    ] as const) {
      const { query, log, simulator } = await startGateway();
      const { headers } = await query(ports, {}, { 'x-auth-token': secret, 'x-request-id': given });
      expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
      expect(JSON.stringify(log)).not.toContain(given);
      expect(simulator.calls.map((call) => call.headers['x-request-id'])).toEqual([headers.get('x-request-id')]);
    }
  });

  it('keeps a request id that shares words with the token, fifteen characters at the most', async () => {
    const { query } = await startGateway();
    const { headers } = await query(
      ports,
      {},
      { 'x-auth-token': 'token-of-the-client1', 'x-request-id': 'id-of-the-client1' },
    );
    expect(headers.get('x-request-id')).toBe('id-of-the-client1');
  });

  it('takes a caller who left for no error', async () => {
    const { url, log, simulator } = await startGateway({ simulator: { latencyMs: 60_000 } });
    const leaving = new AbortController();
    const request = fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: JSON.stringify({ query: ports }),
      signal: leaving.signal,
    });
    await eventually(() => expect(simulator.calls).toHaveLength(1));
    leaving.abort();
    await expect(request).rejects.toThrow();
    await eventually(() => expect(ofOperations(log)).toMatchObject([{ aborted: true, reads: 1 }]));
    expect(ofOperations(log)[0]).not.toHaveProperty('codes');
    expect(log.filter(({ level }) => Number(level) > 30)).toEqual([]);
    await eventually(() => expect(simulator.calls[0]).toMatchObject({ aborted: true }));
  });

  it('has a line for a caller who left in the middle of the body', async () => {
    const { url, log } = await startGateway();
    const { hostname, port } = new URL(url);
    for (const header of ['Transfer-Encoding: chunked', 'Content-Length: 1000']) {
      const socket = connect(Number(port), hostname);
      socket.write(
        `POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n${header}\r\n` +
          `X-Request-Id: ${header.slice(0, 7)}\r\n\r\n5\r\n{"que\r\n`,
        () => socket.destroy(),
      );
      await eventually(() =>
        expect(ofOperations(log).at(-1)).toMatchObject({ requestId: header.slice(0, 7), aborted: true, reads: 0 }),
      );
    }
    expect(log.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });

  it('names a word that HSS has added once', async () => {
    const { query, log, simulator } = await startGateway();
    const row = {
      host_id: 'h',
      laddr: '::',
      status: 'quarantined',
      port: 1,
      type: 'SCTP',
      pid: 1,
      path: '/x',
      agent_id: 'a',
    };
    simulator.on({ answer: { status: 200, body: { total_num: 2, data_list: [row, { ...row, port: 2 }] } } });
    for (let index = 0; index < 3; index++) await query('{ host(id: "h") { ports { nodes { protocol status } } } }');
    expect(
      log
        .filter(({ level }) => level === 40)
        .map(({ field, word }) => [field, word])
        .toSorted(),
    ).toEqual([
      ['status', 'quarantined'],
      ['type', 'SCTP'],
    ]);
  });

  it('has the stack of a bug, of which the client sees nothing', async () => {
    // A loader's key cannot be made of it: a TypeError where no resolver expects one.
    const gateway = await startGateway({ config: { enterpriseProjectId: Symbol() as unknown as string } });
    const { status, data, errors } = await gateway.query(`{ host(id: "h") { id ports { totalCount } } }`);
    expect(status).toBe(200);
    expect(data).toEqual({ host: { id: 'h', ports: null } });
    expect(errors).toEqual([
      {
        message: 'Unexpected error.',
        locations: expect.any(Array),
        path: ['host', 'ports'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
    expect(gateway.log.filter(({ level }) => level === 50)).toMatchObject([
      {
        msg: 'bug',
        requestId: expect.any(String),
        stack: expect.stringMatching(/^TypeError: .*Symbol[^]*src\/reads/),
      },
    ]);
  });

  it('has the stack of a bug outside the resolvers, which is answered with 500', async () => {
    const maxPageLimit = {
      valueOf() {
        throw new RangeError('a bug');
      },
    } as unknown as number;
    const gateway = await startGateway({ config: { maxPageLimit } });
    const { status, data, errors } = await gateway.query('{ host(id: "h") { ports { nodes { port } } } }');
    expect(status).toBe(500);
    expect(data).toBeUndefined();
    expect(errors).toEqual([{ message: 'Unexpected error.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(gateway.log.filter(({ level }) => level === 50)).toMatchObject([
      { msg: 'bug', stack: expect.stringContaining('RangeError: a bug') },
    ]);
  });
});
