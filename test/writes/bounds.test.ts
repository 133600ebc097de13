import { describe, expect, it } from 'vitest';
import type { OpenPort, PortList } from '../../src/hss/list-ports.ts';
import { toOpenPortId } from '../../src/loaders/open-port-id.ts';
import { startGateway } from '../support/gateway.ts';
import { portsOf, setPortIgnore } from './set-port-ignore.ts';

const list: PortList = {
  hostId: 'host',
  port: null,
  protocol: null,
  status: null,
  hostName: null,
  hostIp: null,
  category: 'host',
  enterpriseProjectId: null,
};
const row: OpenPort = {
  hostId: 'host',
  port: 22,
  protocol: 'TCP',
  protocolWord: 'TCP',
  status: 'normal',
  listenAddress: '0.0.0.0',
  pid: 1,
  executablePath: null,
  agentId: 'agent',
  containerId: null,
};
const idOf = (part: Partial<OpenPort>, hostId = 'host'): string =>
  toOpenPortId({ list: { ...list, hostId }, row: { ...row, ...part }, ordinal: 0 });

const port = { agentId: 'agent', port: 22, protocol: 'TCP' };
const tooLong = 'x'.repeat(65);

describe('setPortIgnore', () => {
  it.each<readonly [what: string, input: object, argument: string]>([
    ['no targets', {}, 'input'],
    ['no targets in two lists', { portIds: [], ports: [] }, 'input'],
    ['2,001 ports by their parts', { ports: portsOf('host-10000', 2_001) }, 'input'],
    ['2,001 equal ports', { ports: Array(2_001).fill(port) }, 'input'],
    ['2,001 by both ways', { portIds: [idOf({})], ports: portsOf('host-10000', 2_000) }, 'input'],
    ['an empty agent', { ports: [port, { ...port, agentId: '' }] }, 'input.ports.1.agentId'],
    ['a long agent', { ports: [{ ...port, agentId: tooLong }] }, 'input.ports.0.agentId'],
    ['a long container', { ports: [{ ...port, containerId: tooLong }] }, 'input.ports.0.containerId'],
    ['a long host', { ports: [port, port, { ...port, hostId: tooLong }] }, 'input.ports.2.hostId'],
    ['a negative port', { ports: [{ ...port, port: -1 }] }, 'input.ports.0.port'],
    ['TCP6', { ports: [{ ...port, protocol: 'TCP6' }] }, 'input.ports.0.protocol'],
    ['UDP6', { ports: [{ ...port, protocol: 'UDP6' }] }, 'input.ports.0.protocol'],
    ['a long enterprise project', { ports: [port], enterpriseProjectId: 'x'.repeat(257) }, 'input.enterpriseProjectId'],
    ['an id that is not ours', { portIds: [idOf({}), 'bm90IG91cnM'] }, 'input.portIds.1'],
    ['an empty id', { portIds: [''] }, 'input.portIds.0'],
    ['an id in another spelling', { portIds: [`${idOf({})}=`] }, 'input.portIds.0'],
    ['the id of a row without agent', { portIds: [idOf({ agentId: null })] }, 'input.portIds.0'],
    ['the id of a row without port', { portIds: [idOf({ port: null })] }, 'input.portIds.0'],
    ['the id of a row without protocol', { portIds: [idOf({ protocolWord: null })] }, 'input.portIds.0'],
    ['the id of a TCP6 row', { portIds: [idOf({ protocolWord: 'TCP6' })] }, 'input.portIds.0'],
    ['the id of a row of a word to come', { portIds: [idOf({ protocolWord: 'SCTP' })] }, 'input.portIds.0'],
    ['the id of a row with a long agent', { portIds: [idOf({ agentId: tooLong })] }, 'input.portIds.0'],
    ['the id of a row with a long container', { portIds: [idOf({ containerId: tooLong })] }, 'input.portIds.0'],
    ['the id of a row with a long host', { portIds: [idOf({}, tooLong)] }, 'input.portIds.0'],
    ['a made-up id with an impossible port', { portIds: [idOf({ port: 2 ** 31 })] }, 'input.portIds.0'],
  ])('refuses %s before any call', async (_what, input, argument) => {
    const gateway = await startGateway();

    const { data, errors, status } = await setPortIgnore(gateway, input);

    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors![0]).toMatchObject({
      path: ['setPortIgnore'],
      extensions: { code: 'BAD_USER_INPUT', argument },
    });
    expect(status).toBe(200);
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
