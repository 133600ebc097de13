import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { bodyOf, listPorts, portsOf, setPortIgnore, writesOf, type ListedPort } from './set-port-ignore.ts';

/** A row as HSS sends it. */
const row = {
  host_id: 'host',
  agent_id: 'agent',
  container_id: '',
  laddr: '0.0.0.0',
  port: 22,
  type: 'TCP',
  status: 'normal',
  pid: 1,
};

const port = { agentId: 'agent', port: 22, protocol: 'TCP' };
const tooLong = 'x'.repeat(65);

describe('setPortIgnore', () => {
  it.each<readonly [what: string, input: object, argument: string]>([
    ['no targets', {}, 'input'],
    ['no targets in two lists', { portIds: [], ports: [] }, 'input'],
    ['2,001 ports by their parts', { ports: portsOf('host-10000', 2_001) }, 'input'],
    ['2,001 equal ports', { ports: Array(2_001).fill(port) }, 'input'],
    ['an empty agent', { ports: [port, { ...port, agentId: '' }] }, 'input.ports.1.agentId'],
    ['a long agent', { ports: [{ ...port, agentId: tooLong }] }, 'input.ports.0.agentId'],
    ['a long container', { ports: [{ ...port, containerId: tooLong }] }, 'input.ports.0.containerId'],
    ['a long host', { ports: [port, port, { ...port, hostId: tooLong }] }, 'input.ports.2.hostId'],
    ['a negative port', { ports: [{ ...port, port: -1 }] }, 'input.ports.0.port'],
    ['a long enterprise project', { ports: [port], enterpriseProjectId: 'x'.repeat(257) }, 'input.enterpriseProjectId'],
    ['an id that is not ours', { portIds: ['bm90IG91cnM'] }, 'input.portIds.0'],
    ['an empty id', { portIds: [''] }, 'input.portIds.0'],
  ])('refuses %s before any call', async (_what, input, argument) => {
    const gateway = await startGateway();

    const { data, errors, status } = await setPortIgnore(gateway, input);

    expect(data).toEqual({ setPortIgnore: null });
    expect(errors).toHaveLength(1);
    expect(errors![0]).toMatchObject({
      path: ['setPortIgnore'],
      extensions: { code: 'BAD_USER_INPUT', argument },
    });
    expect(status).toBe(200);
    expect(gateway.simulator.calls).toEqual([]);
  });

  it.each<readonly [what: string, part: object, hostId: string, known: object]>([
    ['without agent', { agent_id: '' }, 'host', { agentId: null }],
    ['without port', { port: null }, 'host', { port: null }],
    ['without protocol', { type: undefined }, 'host', { protocol: null }],
    ['of TCP6', { type: 'TCP6' }, 'host', { protocol: 'TCP6' }],
    ['of UDP6', { type: 'UDP6' }, 'host', { protocol: 'UDP6' }],
    ['of a word to come', { type: 'SCTP' }, 'host', { protocol: null }],
    ['with a long agent', { agent_id: tooLong }, 'host', { agentId: tooLong }],
    ['with a long container', { container_id: tooLong }, 'host', { containerId: tooLong }],
    ['of a long host', {}, tooLong, { hostId: tooLong }],
  ])('rejects the id of a row %s by itself, and sends the others', async (_what, part, hostId, known) => {
    const gateway = await startGateway();
    const good = await listed(gateway, {}, 'other-host');
    const bad = await listed(gateway, part, hostId);
    expect(good.ignoreKey).not.toBeNull();
    expect(bad.ignoreKey).toBeNull();

    const { data, errors } = await setPortIgnore(gateway, { portIds: [bad.id, good.id] });

    expect(errors).toBeUndefined();
    expect(data.setPortIgnore).toMatchObject({ acceptedCount: 1, rejectedCount: 1, unknownCount: 0 });
    const [rejected, accepted] = data.setPortIgnore.results;
    expect(rejected).toMatchObject({
      ...{ outcome: 'REJECTED', portId: bad.id, hostId, ...known },
      error: { code: 'BAD_USER_INPUT', message: expect.stringContaining('HSS') as string },
    });
    expect(accepted).toMatchObject({ outcome: 'ACCEPTED', portId: good.id, error: null });
    expect(writesOf(gateway).map((call) => bodyOf(call).data_list)).toEqual([
      [{ agent_id: 'agent', host_id: 'other-host', port: 22, port_type: 'TCP' }],
    ]);
  });

  it.each(['TCP6', 'UDP6'])('rejects %s by its parts by itself, and sends the others', async (protocol) => {
    const gateway = await startGateway();

    const { data, errors } = await setPortIgnore(gateway, { ports: [{ ...port, protocol }, port] });

    expect(errors).toBeUndefined();
    expect(data.setPortIgnore.results).toMatchObject([
      { outcome: 'REJECTED', protocol, error: { code: 'BAD_USER_INPUT' } },
      { outcome: 'ACCEPTED', protocol: 'TCP', error: null },
    ]);
    expect(writesOf(gateway).map((call) => bodyOf(call).data_list.length)).toEqual([1]);
  });

  it('makes no call where nothing is left to send', async () => {
    const gateway = await startGateway();
    const { data } = await setPortIgnore(gateway, { ports: [{ ...port, protocol: 'TCP6' }] });
    expect(data.setPortIgnore).toMatchObject({ acceptedCount: 0, rejectedCount: 1 });
    expect(gateway.simulator.calls).toEqual([]);
  });

  it('refuses an id in another spelling, and one with an impossible port, before any call', async () => {
    const gateway = await startGateway();
    const id = await idOf(gateway, {}, 'host');
    const madeUp = Buffer.from(id, 'base64url')
      .toString()
      .replace(',22,', `,${2 ** 31},`);
    expect(madeUp).toContain(`,${2 ** 31},`);

    for (const other of [`${id}=`, Buffer.from(madeUp).toString('base64url')]) {
      const { errors } = await setPortIgnore(gateway, { portIds: [other] });
      expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.portIds.0' });
    }
    expect(gateway.simulator.calls).toEqual([]);
  });

  it('refuses 2,001 ports by both ways together before any call', async () => {
    const gateway = await startGateway();
    const id = await idOf(gateway, {}, 'host');

    const { errors } = await setPortIgnore(gateway, { portIds: [id], ports: portsOf('host-10000', 2_000) });

    expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input' });
    expect(gateway.simulator.calls).toEqual([]);
  });

  it.each<readonly [what: string, input: object]>([
    ['a port over 32 bits', { ports: [{ ...port, port: 2_147_483_648 }] }],
    ['a port that is no number', { ports: [{ ...port, port: '22' }] }],
    ['a protocol of no name', { ports: [{ ...port, protocol: 'tcp' }] }],
    ['a port without agent', { ports: [{ port: 22, protocol: 'TCP' }] }],
    ['an input without `ignore`', { ignore: undefined, ports: [port] }],
    ['a field that is not there', { ports: [port], force: true }],
  ])('refuses %s as a whole, before any call', async (_what, input) => {
    const gateway = await startGateway();

    const { data, errors } = await setPortIgnore(gateway, input, { accept: 'application/graphql-response+json' });

    expect(data).toBeUndefined();
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(gateway.simulator.calls).toEqual([]);
  });
});

/** A row as it is listed. */
async function listed(gateway: TestGateway, part: object, hostId: string): Promise<ListedPort> {
  gateway.simulator.addHost({ hostId, rows: [{ ...row, host_id: hostId, ...part }] });
  const [port] = await listPorts(gateway, hostId);
  return port!;
}

const idOf = async (gateway: TestGateway, part: object, hostId: string): Promise<string> =>
  (await listed(gateway, part, hostId)).id;
