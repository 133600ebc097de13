import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const text = (length: number): string => 'x'.repeat(length);

interface Asked {
  readonly id?: string;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly page?: Readonly<Record<string, unknown>>;
}

/** Beside a page that asks for what is said, another one of another host. */
const ask = ({ query }: TestGateway, { id = 'h', filter, page }: Asked, headers = {}) =>
  query(
    `query ($id: ID!, $filter: OpenPortFilterInput, $page: OpenPortPageInput) {
      host(id: $id) { ports(filter: $filter, page: $page) { limit totalCount } }
      other: host(id: "host-1") { ports { totalCount } }
    }`,
    { id, filter, page },
    headers,
  );

describe('an argument of a read', () => {
  it.each<readonly [argument: string, asked: Asked]>([
    ['id', { id: '' }],
    ['id', { id: text(129) }],
    ['page.limit', { page: { limit: 0 } }],
    ['page.limit', { page: { limit: -1 } }],
    ['page.limit', { page: { limit: 1_001 } }],
    ['page.offset', { page: { offset: -1 } }],
    ['page.offset', { page: { offset: 2_000_001 } }],
    ['filter.port', { filter: { port: 0 } }],
    ['filter.port', { filter: { port: 65_536 } }],
    ['filter.hostName', { filter: { hostName: text(129) } }],
    ['filter.hostIp', { filter: { hostIp: text(129) } }],
    ['filter.enterpriseProjectId', { filter: { enterpriseProjectId: text(257) } }],
  ])('out of its bounds is named, %s, and no call is made for it: %j', async (argument, asked) => {
    const gateway = await startGateway();
    const { status, data, errors } = await ask(gateway, asked);
    expect(status).toBe(200);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', argument }]);
    expect(data.host).toEqual(argument === 'id' ? null : { ports: null });
    expect(data.other.ports).toEqual({ totalCount: 1 });
    expect(gateway.simulator.calls.map(({ query }) => query.host_id)).toEqual(['host-1']);
  });

  it.each<Asked>([
    { id: text(128) },
    { page: { limit: 1, offset: 2_000_000 } },
    { page: { limit: 1_000, offset: null } },
    { page: { limit: null } },
    { filter: { port: 1, protocol: 'UDP6', status: 'NORMAL', category: 'CONTAINER' } },
    { filter: { port: 65_535, hostName: text(128), hostIp: text(128), enterpriseProjectId: text(256) } },
    { filter: { port: null, protocol: null, status: null, category: null, hostName: null, enterpriseProjectId: null } },
  ])('on its bounds is taken: %j', async (asked) => {
    const gateway = await startGateway();
    const { data, errors } = await ask(gateway, asked);
    expect(errors).toBeUndefined();
    expect(data.host.ports.totalCount).toBe(0);
    expect(gateway.simulator.calls).toHaveLength(2);
  });

  it.each([
    ['a/../b?c=d&host_id=e#f', 'a%2F..%2Fb%3Fc%3Dd%26host_id%3De%23f'],
    ['ä b+c%20d', '%C3%A4%20b%2Bc%2520d'],
    ['\r\nX-Evil: 1', '%0D%0AX-Evil%3A%201'],
  ])('changes nothing but its own parameter: %j', async (value, encoded) => {
    const { query, simulator } = await startGateway();
    const { errors } = await query(
      'query ($id: ID!, $filter: OpenPortFilterInput) { host(id: $id) { ports(filter: $filter) { totalCount } } }',
      { id: value, filter: { hostName: value, enterpriseProjectId: value } },
    );
    expect(errors).toBeUndefined();
    expect(simulator.calls.map(({ rawUrl }) => rawUrl)).toEqual([
      `/v5/project/asset/ports?host_id=${encoded}&category=host&host_name=${encoded}&enterprise_project_id=${encoded}&limit=10&offset=0`,
    ]);
  });
});

describe('MAX_PAGE_LIMIT', () => {
  it('is the ceiling of a page, and of the page that nobody asked for', async () => {
    const gateway = await startGateway({ env: { MAX_PAGE_LIMIT: '5' } });
    expect((await ask(gateway, { page: { limit: 6 } })).errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      argument: 'page.limit',
    });
    expect((await ask(gateway, {})).data.host.ports).toEqual({ limit: 5, totalCount: 0 });
  });
});

describe('the project of a request', () => {
  it.each(['.', '..', 'a/b', 'a b', '\u00e4', '%2e%2e', text(257)])('is refused when it is %j', async (project) => {
    const gateway = await startGateway();
    const { errors } = await ask(gateway, {}, { 'x-project-id': project });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'BAD_USER_INPUT', argument: 'X-Project-Id' },
      { code: 'BAD_USER_INPUT', argument: 'X-Project-Id' },
    ]);
    expect(gateway.simulator.calls).toEqual([]);
  });

  it.each([
    ['is its token', { 'x-auth-token': 'MIIabcdefghijklm', 'x-project-id': 'MIIabcdefghijklm' }],
    ['is the secret of its router', { 'router-authorization': 'a-secret-of-ours', 'x-project-id': 'a-secret-of-ours' }],
  ])('is refused, and named nowhere, when it %s', async (_, headers) => {
    const gateway = await startGateway();
    const { errors } = await ask(gateway, {}, headers);
    for (const { message, extensions } of errors!) {
      expect(message).toBe('The header X-Project-Id is no project id.');
      expect(extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'X-Project-Id' });
    }
    expect(errors).toHaveLength(2);
    expect(gateway.simulator.calls).toEqual([]);
    expect(JSON.stringify(gateway.log)).not.toContain(headers['x-project-id']);
  });

  it('may be a part of the token, and a word that the token is too', async () => {
    const gateway = await startGateway();
    const headers = { 'x-auth-token': 'token-of-abcdefghijklmnop', 'x-project-id': 'abcdefghijklmnop' };
    expect((await ask(gateway, {}, headers)).errors).toBeUndefined();
    expect((await ask(gateway, {}, { 'x-auth-token': 'p', 'x-project-id': 'p' })).errors).toBeUndefined();
    const projects = gateway.simulator.calls.map(({ path }) => path.split('/')[2]);
    expect([...new Set(projects)]).toEqual(['abcdefghijklmnop', 'p']);
  });

  it('is asked for where neither the request nor the configuration names one', async () => {
    const gateway = await startGateway({ config: { projectId: null } });
    const { errors } = await ask(gateway, {});
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'X-Project-Id' });
    expect((await ask(gateway, {}, { 'x-project-id': 'A-z_0.9' })).errors).toBeUndefined();
    expect(gateway.simulator.calls[0]!.path).toBe('/v5/A-z_0.9/asset/ports');
  });
});
