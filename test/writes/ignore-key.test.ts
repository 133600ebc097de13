import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const row = { host_id: 'h', agent_id: 'agent', container_id: '', laddr: '0.0.0.0', port: 22, type: 'TCP', pid: 1 };

/** Ignore keys of rows that differ from one another by these parts. */
async function keysOf(...parts: readonly object[]): Promise<(string | null)[]> {
  const { query, simulator } = await startGateway();
  simulator.addHost({ hostId: 'h', rows: parts.map((part) => ({ ...row, ...part })) });
  const { data } = await query('{ host(id: "h") { ports { nodes { ignoreKey } } } }');
  return data.host.ports.nodes.map(({ ignoreKey }: { ignoreKey: string | null }) => ignoreKey) as (string | null)[];
}

describe('ignoreKey', () => {
  it.each([
    ['address', { laddr: '::' }],
    ['process', { pid: 2, path: '/usr/sbin/other' }],
    ['status', { status: 'danger' }],
  ])('is the same whatever the %s', async (_what, part) => {
    const [one, other] = await keysOf({}, part);
    expect(one).toEqual(expect.any(String));
    expect(other).toBe(one);
  });

  it.each([
    ['agent', { agent_id: 'other' }],
    ['port', { port: 23 }],
    ['protocol', { type: 'UDP' }],
    ['container', { container_id: 'c' }],
  ])('is another for another %s', async (_what, part) => {
    const [one, other] = await keysOf({}, part);
    expect(other).toEqual(expect.any(String));
    expect(other).not.toBe(one);
  });

  it('is null where HSS cannot be told to ignore the row', async () => {
    expect(await keysOf({ agent_id: '' }, { type: 'TCP6' }, { type: 'SCTP' }, { port: null })).toEqual(
      Array(4).fill(null),
    );
  });

  it('tells by a result which rows it holds for', async () => {
    const { query, simulator } = await startGateway();
    simulator.addHost({ hostId: 'h', rows: [row, { ...row, laddr: '::' }, { ...row, port: 23 }] });
    const { data: before } = await query('{ host(id: "h") { ports { nodes { id ignoreKey } } } }');
    const [first, second, third] = before.host.ports.nodes as { id: string; ignoreKey: string }[];

    const { data } = await query(
      'mutation ($input: SetPortIgnoreInput!) { setPortIgnore(input: $input) { results { portId ignoreKey } } }',
      { input: { ignore: true, portIds: [first!.id], ports: [{ agentId: 'agent', port: 23, protocol: 'TCP' }] } },
    );

    expect(data.setPortIgnore.results).toEqual([
      { portId: first!.id, ignoreKey: second!.ignoreKey },
      { portId: null, ignoreKey: third!.ignoreKey },
    ]);
    expect(simulator.isIgnored({ agentId: 'agent', port: 22, type: 'TCP' })).toBe(true);
  });
});
