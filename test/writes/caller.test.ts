import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { gatewayError, hssError } from '../../src/simulator/error-replies.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import {
  auditOf,
  outcomesOf,
  portsOf,
  setPortIgnore,
  setPortIgnoreDocument,
  writes,
  writesOf,
} from './set-port-ignore.ts';

const ports = portsOf('host-10000', 401);
const [first, second, third] = [1024, 1224, 1424] as const;

describe('a token that HSS does not accept', () => {
  it.each(['APIGW.0301', 'APIGW.0307'])('(%s) fails the field, and nothing more is sent', async (code) => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: gatewayError(code, 401) });

    const { data, errors, status } = await setPortIgnore(gateway, { ports });

    expect(data).toEqual({ setPortIgnore: null });
    expect(errors).toHaveLength(1);
    expect(errors![0]).toMatchObject({
      path: ['setPortIgnore'],
      extensions: { code: 'UNAUTHENTICATED', upstream: { status: 401, code } },
    });
    expect(status).toBe(200);
    expect(writesOf(gateway)).toHaveLength(1);
  });

  it('fails the field where HSS sends no body with its 401', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: { status: 401 } });

    const { data, errors } = await setPortIgnore(gateway, { ports });

    expect(data).toEqual({ setPortIgnore: null });
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(writesOf(gateway)).toHaveLength(1);
  });

  it('in a later chunk is rejected, and so is what has not been sent, each with the same code', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: writes(second), answer: gatewayError('APIGW.0307', 401) });
    gateway.simulator.on({ when: (call) => !writes(first)(call), answer: { delayMs: 500 } });

    const result = await setPortIgnore(gateway, { ports: portsOf('host-10000', 1_401) });

    expect(result.errors).toBeUndefined();
    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 800, rejectedCount: 601, unknownCount: 0 });
    const outcomes = outcomesOf(result);
    for (const port of [first, third, 1624, 1824]) expect(outcomes.get(port)).toEqual(['ACCEPTED', null]);
    for (const port of [second, 2024, 2224, 2424]) expect(outcomes.get(port)).toEqual(['REJECTED', 'UNAUTHENTICATED']);
    // The first, and the four beside each other.
    expect(writesOf(gateway)).toHaveLength(5);
  });

  it('as a 200 says is rejected with all that has not been sent', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: writes(first), answer: { ...gatewayError('APIGW.0307', 401), status: 200 } });

    const result = await setPortIgnore(gateway, { ports });

    expect(result.errors).toBeUndefined();
    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 0, rejectedCount: 401 });
    expect(new Set([...outcomesOf(result).values()].map(([, code]) => code))).toEqual(new Set(['UNAUTHENTICATED']));
    expect(writesOf(gateway)).toHaveLength(1);
  });

  it('fails the later writes and reads of the operation without a call', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: ({ method }) => method === 'POST', answer: gatewayError('APIGW.0301', 401) });

    const { errors } = await gateway.query(
      `mutation ($input: SetPortIgnoreInput!) {
        a: setPortIgnore(input: $input) { acceptedCount }
        b: setPortIgnore(input: $input) { acceptedCount }
      }`,
      { input: { ignore: true, ports } },
    );

    expect(errors!.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['a'], 'UNAUTHENTICATED'],
      [['b'], 'UNAUTHENTICATED'],
    ]);
    expect(gateway.simulator.calls).toHaveLength(1);
  });
});

describe('a caller without', () => {
  it.each<readonly [what: string, headers: Record<string, string>, extensions: object]>([
    ['a token', { 'x-auth-token': '' }, { code: 'UNAUTHENTICATED' }],
    ['a usable token', { 'x-auth-token': 'x'.repeat(32_769) }, { code: 'BAD_USER_INPUT', argument: 'X-Auth-Token' }],
    ['a usable project', { 'x-project-id': '..' }, { code: 'BAD_USER_INPUT', argument: 'X-Project-Id' }],
    ['a project that is one', { 'x-project-id': 'a/b' }, { code: 'BAD_USER_INPUT', argument: 'X-Project-Id' }],
  ])('%s is refused before any call', async (_what, headers, extensions) => {
    const gateway = await startGateway();

    const { data, errors, status } = await setPortIgnore(gateway, { ports }, headers);

    expect(data).toEqual({ setPortIgnore: null });
    expect(errors).toHaveLength(1);
    expect(errors![0]).toMatchObject({ path: ['setPortIgnore'], extensions });
    expect(status).toBe(200);
    expect(gateway.simulator.calls).toEqual([]);
  });

  it('any project is refused before any call', async () => {
    const gateway = await startGateway({ config: { projectId: null } });

    const { errors } = await setPortIgnore(gateway, { ports });

    expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'X-Project-Id' });
    expect(gateway.simulator.calls).toEqual([]);
  });
});

describe('a field error', () => {
  it.each(['application/json', 'application/graphql-response+json'])(
    'leaves the HTTP status at 200 under %s, whatever is null',
    async (accept) => {
      const gateway = await startGateway();
      gateway.simulator.on({ answer: gatewayError('APIGW.0301', 401) });

      for (const [input, headers] of [
        [{ ports: [] }, {}],
        [{ ports }, { 'x-auth-token': '' }],
        [{ ports }, {}],
      ] as const) {
        const { data, errors, status } = await setPortIgnore(gateway, input, { accept, ...headers });
        expect(data).toEqual({ setPortIgnore: null });
        expect(errors).toHaveLength(1);
        expect(status).toBe(200);
      }
    },
  );
});

describe('the deadline of the operation', () => {
  it('leaves the chunks on their way unknown, and rejects those that were not sent for lack of time', async () => {
    const gateway = await startGateway({ env: { OPERATION_TIMEOUT_MS: '3000' } });
    gateway.simulator.on({ when: (call) => !writes(first)(call), answer: 'hang' });

    const result = await setPortIgnore(gateway, { ports: portsOf('host-10000', 1_001) });

    expect(result.errors).toBeUndefined();
    const outcomes = outcomesOf(result);
    expect(outcomes.get(first)).toEqual(['ACCEPTED', null]);
    for (const port of [second, third, 1624, 1824]) expect(outcomes.get(port)).toEqual(['UNKNOWN', 'UPSTREAM_TIMEOUT']);
    expect(outcomes.get(2024)).toEqual(['REJECTED', 'UPSTREAM_UNAVAILABLE']);
    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 200, rejectedCount: 1, unknownCount: 800 });
    expect(result.data.setPortIgnore.results.at(-1).error.message).toBe(
      'The operation ran out of time before this was sent.',
    );
    expect(writesOf(gateway)).toHaveLength(5);
  });
});

describe('a caller who leaves', () => {
  it('lets the chunk on its way finish, and the others are not sent', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: { delayMs: 3_000 } });

    await leaveWhen(gateway, () => writesOf(gateway).length === 1);

    await expect.poll(() => auditOf(gateway)).toHaveLength(1);
    expect(auditOf(gateway)[0]).toMatchObject({ targets: 401, chunks: 3, accepted: 200, rejected: 201, unknown: 0 });
    expect(writesOf(gateway).map(({ aborted, status }) => ({ aborted, status }))).toEqual([
      { aborted: false, status: 200 },
    ]);
  });

  it('while a throttled chunk waits to be sent again leaves nothing unknown: HSS has refused it', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: { ...gatewayError('APIGW.0308', 429), headers: { 'retry-after': '15' } } });

    await leaveWhen(gateway, () => writesOf(gateway)[0]?.status === 429);

    await expect.poll(() => auditOf(gateway)).toHaveLength(1);
    expect(auditOf(gateway)[0]).toMatchObject({ accepted: 0, rejected: 401, unknown: 0 });
    expect(writesOf(gateway)).toHaveLength(1);
  });

  it('has the writes of later root fields not sent either', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: { delayMs: 3_000 } });
    const twice = `mutation ($input: SetPortIgnoreInput!) {
      a: setPortIgnore(input: $input) { acceptedCount }
      b: setPortIgnore(input: $input) { acceptedCount }
    }`;

    await leaveWhen(gateway, () => writesOf(gateway).length === 1, twice, ports.slice(0, 1));

    await expect.poll(() => auditOf(gateway)).toHaveLength(2);
    expect(auditOf(gateway).map(({ accepted, rejected }) => ({ accepted, rejected }))).toEqual([
      { accepted: 1, rejected: 0 },
      { accepted: 0, rejected: 1 },
    ]);
    expect(writesOf(gateway)).toHaveLength(1);
  });
});

describe('the audit of a write', () => {
  it('is one line of who, what and how it went', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: writes(second), answer: hssError('HSS.0013') });
    gateway.simulator.on({ when: writes(third), answer: { status: 502 } });

    await setPortIgnore(
      gateway,
      { ports: [...ports, ports[0]] },
      {
        'x-auth-token': 'canary-token',
        'x-request-id': 'request-7',
        'x-project-id': 'project-7',
        'graphql-client-name': 'console',
      },
    );

    expect(auditOf(gateway)).toEqual([
      {
        level: expect.any(Number) as number,
        time: expect.any(Number) as number,
        msg: 'audit',
        stream: 'audit',
        requestId: 'request-7',
        client: 'console',
        address: '127.0.0.1',
        tokenDigest: createHash('sha256').update('canary-token').digest('base64'),
        projectId: 'project-7',
        operateType: 'ignore',
        targets: 402,
        chunks: 3,
        accepted: 201,
        rejected: 200,
        unknown: 1,
        codes: ['FORBIDDEN', 'UPSTREAM_UNAVAILABLE'],
      },
    ]);
    expect(JSON.stringify(gateway.log)).not.toContain('canary-token');
  });

  it('has each target and what became of it, in lines that no runtime cuts', async () => {
    const gateway = await startGateway();
    const longest = { agentId: 'a'.repeat(64), containerId: 'c'.repeat(64), hostId: 'h'.repeat(64) };
    const targets = Array.from({ length: 402 }, (_, port) => ({ ...longest, port, protocol: 'TCP' }));

    await setPortIgnore(gateway, { ports: targets });

    const lines = gateway.log.filter(({ msg }) => msg === 'audit targets');
    for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(16 * 1024);
    const results = lines.flatMap((line) => line.results as Record<string, unknown>[]);
    expect(results).toEqual(targets.map((target) => ({ ...target, outcome: 'ACCEPTED' })));
    expect(lines.map(({ from, stream }) => [from, stream])).toEqual(
      Array.from({ length: 11 }, (_, index) => [index * 40, 'audit']),
    );
  });

  it('has the category and enterprise project of each target that has another than the default', async () => {
    const gateway = await startGateway();
    const idOf = (category: string, enterpriseProjectId: string | null): string => {
      const parts = [2, 'h', category, enterpriseProjectId, 'a', null, 'TCP', '::', 22, 1, '/x', 0];
      return Buffer.from(JSON.stringify(parts)).toString('base64url');
    };
    const ids = [idOf('host', null), idOf('container', null), idOf('host', 'ep'), idOf('container', 'other')];

    await setPortIgnore(gateway, { portIds: ids });
    await setPortIgnore(gateway, { ports: ports.slice(0, 1), category: 'CONTAINER', enterpriseProjectId: 'named' });

    const target = { agentId: 'a', port: 22, protocol: 'TCP', containerId: null, hostId: 'h', outcome: 'ACCEPTED' };
    expect(gateway.log.flatMap(({ msg, results }) => (msg === 'audit targets' ? results : []))).toEqual([
      target,
      { ...target, category: 'container' },
      { ...target, enterpriseProjectId: 'ep' },
      { ...target, category: 'container', enterpriseProjectId: 'other' },
      expect.objectContaining({ ...ports[0], category: 'container', enterpriseProjectId: 'named' }),
    ]);
  });

  it.each([
    ['a', { containerId: 'c'.repeat(64), hostId: 'h'.repeat(64) }],
    ['端', { containerId: '端'.repeat(64), hostId: '端'.repeat(64) }],
    ['\u0001', {}],
  ])('is in lines that no runtime cuts, however long its ids are in bytes: of %j', async (letter, others) => {
    const gateway = await startGateway();
    const longest = { agentId: letter.repeat(64), ...others };
    const targets = Array.from({ length: 100 }, (_, port) => ({ ...longest, port, protocol: 'TCP' }));

    await setPortIgnore(
      gateway,
      { ports: targets, category: 'CONTAINER', enterpriseProjectId: letter.repeat(256) },
      { 'x-request-id': 'r'.repeat(128) },
    );

    const lines = gateway.log.filter(({ msg }) => msg === 'audit targets');
    for (const line of lines) expect(Buffer.byteLength(JSON.stringify(line))).toBeLessThan(16 * 1024);
    const results = lines.map((line) => line.results as { port: number }[]);
    expect(results.flat().map(({ port }) => port)).toEqual(targets.map(({ port }) => port));
    expect(lines.map(({ from }) => from)).toEqual(results.map((_, index) => results.slice(0, index).flat().length));
  });

  it('says why a target was not accepted, and is written whatever the level of the log', async () => {
    const gateway = await startGateway({ level: 'silent' });
    gateway.simulator.on({ answer: hssError('HSS.0013') });

    await setPortIgnore(gateway, { ports: ports.slice(0, 1) });

    expect(gateway.log.map(({ msg, level, results }) => [msg, level, results])).toEqual([
      ['audit', 30, undefined],
      ['audit targets', 30, [{ ...ports[0], containerId: null, hostId: null, outcome: 'REJECTED', code: 'FORBIDDEN' }]],
    ]);
  });

  it('says `not_ignore`, and is also there where the field failed', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: { status: 401 } });

    await setPortIgnore(gateway, { ports, ignore: false });

    expect(auditOf(gateway)).toHaveLength(1);
    expect(auditOf(gateway)[0]).toMatchObject({
      operateType: 'not_ignore',
      targets: 401,
      accepted: 0,
      rejected: 401,
      unknown: 0,
      codes: ['UNAUTHENTICATED'],
    });
  });

  it('is not written where nothing was to be sent', async () => {
    const gateway = await startGateway();

    await setPortIgnore(gateway, { ports: [] });
    await setPortIgnore(gateway, { ports }, { 'x-auth-token': '' });

    expect(auditOf(gateway)).toEqual([]);
  });
});

/** Sends a write and hangs up as soon as `condition` holds. */
async function leaveWhen(
  gateway: TestGateway,
  condition: () => boolean,
  query = setPortIgnoreDocument,
  targets = ports,
): Promise<void> {
  const controller = new AbortController();
  const answer = gateway.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
    body: JSON.stringify({ query, variables: { input: { ignore: true, ports: targets } } }),
    signal: controller.signal,
  });
  await expect.poll(condition).toBe(true);
  controller.abort();
  await expect(answer).rejects.toThrow();
}

describe('a field that is refused', () => {
  it('hides nothing of what another did', async () => {
    const gateway = await startGateway();
    const { data, errors } = await gateway.query(
      `mutation ($good: SetPortIgnoreInput!, $bad: SetPortIgnoreInput!) {
        good: setPortIgnore(input: $good) { acceptedCount }
        bad: setPortIgnore(input: $bad) { acceptedCount }
      }`,
      { good: { ignore: true, ports }, bad: { ignore: true, ports: [] } },
    );
    expect(data).toEqual({ good: { acceptedCount: ports.length }, bad: null });
    expect(errors).toMatchObject([{ path: ['bad'], extensions: { code: 'BAD_USER_INPUT', argument: 'input' } }]);
  });
});
