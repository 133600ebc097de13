import { describe, expect, it } from 'vitest';
import { startGateway, type GatewayOptions } from '../support/gateway.ts';

const Ports = `query Ports($id: ID!, $page: OpenPortPageInput, $orderBy: [OpenPortOrderInput!]) {
  host(id: $id) { ports(page: $page, orderBy: $orderBy) { totalCount nodes { port executablePath id } } }
}`;

async function read(name: string, page: object = {}, options: GatewayOptions = {}) {
  const { query } = await startGateway(options);
  const { data, errors } = await query(Ports, { id: `rehearse-${name}`, page });
  return { ports: data.host.ports, errors: errors?.map(({ extensions }) => extensions) };
}

describe('a frontend that rehearses failure', () => {
  it('meets throttling, and is told how long', async () => {
    const { ports, errors } = await read('throttled');

    expect(ports).toBeNull();
    expect(errors).toMatchObject([{ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 30 }]);
  });

  it('finds the token throttled for other hosts too, and no other token', async () => {
    const { query, simulator } = await startGateway();
    const codeOf = async (id: string, token: string) => {
      const { errors } = await query(Ports, { id }, { 'x-auth-token': token });
      return errors?.[0]?.extensions.code;
    };

    expect(await codeOf('rehearse-throttled', 'one')).toBe('UPSTREAM_RATE_LIMITED');
    expect(await codeOf('host-40', 'one')).toBe('UPSTREAM_RATE_LIMITED');
    expect(await codeOf('host-40', 'another')).toBeUndefined();
    expect(simulator.calls.map(({ query: { host_id: id } }) => id)).toEqual(['rehearse-throttled', 'host-40']);
  });

  it.each([
    ['timeout', 'UPSTREAM_TIMEOUT', {}],
    ['forbidden', 'FORBIDDEN', {}],
    ['broken-halfway', 'UPSTREAM_UNAVAILABLE', { offset: 400 }],
  ])('meets %s as %s', async (name, code, page) => {
    const { ports, errors } = await read(name, page, { env: { HSS_TIMEOUT_MS: '300' } });

    expect(ports).toBeNull();
    expect(errors).toMatchObject([{ code }]);
  });

  it('meets a list whose first pages are fine', async () => {
    const { ports, errors } = await read('broken-halfway', { limit: 100, offset: 300 });

    expect(errors).toBeUndefined();
    expect(ports).toMatchObject({ totalCount: 1_000, nodes: { length: 100 } });
  });

  it('meets one that is longer than HSS counts, and an empty one', async () => {
    expect((await read('long', { offset: 11_990 })).ports).toMatchObject({ totalCount: 10_000, nodes: { length: 10 } });
    expect((await read('empty')).ports).toEqual({ totalCount: 0, nodes: [] });
  });

  it('meets one that is too long to be sorted', async () => {
    const { query } = await startGateway();

    const { data, errors } = await query(Ports, { id: 'rehearse-long', orderBy: [{ field: 'PORT' }] });

    expect(data.host.ports).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'COST_LIMIT_EXCEEDED' } }]);
  });

  it('meets ports whose ignoring is accepted, rejected, unknown, and known when asked again', async () => {
    const { query } = await startGateway();
    const { data } = await query(Ports, { id: 'rehearse-ignoring' });
    const ids = new Map<string, string>(
      data.host.ports.nodes.map((row: { executablePath: string; id: string }) => [row.executablePath, row.id]),
    );
    const ignore = async (...names: string[]) => {
      const answer = await query(
        'mutation ($input: SetPortIgnoreInput!) { setPortIgnore(input: $input) { results { outcome error { code } } } }',
        { input: { ignore: true, portIds: names.map((name) => ids.get(`/opt/rehearse/${name}`)) } },
      );
      return answer.data.setPortIgnore.results;
    };

    expect(await ignore('accepted')).toEqual([{ outcome: 'ACCEPTED', error: null }]);
    expect(await ignore('rejected')).toEqual([{ outcome: 'REJECTED', error: { code: 'FORBIDDEN' } }]);
    expect(await ignore('unknown-until-asked-again')).toMatchObject([{ outcome: 'UNKNOWN' }]);
    expect(await ignore('unknown-until-asked-again')).toEqual([{ outcome: 'ACCEPTED', error: null }]);
  });
});
