import { describe, expect, it } from 'vitest';
import { toAgentId } from '../../src/simulator/hosts.ts';
import { startGateway } from '../support/gateway.ts';
import { auditOf, listPorts, outcomesOf, portsOf, setPortIgnore } from './set-port-ignore.ts';

const agentId = toAgentId('risky-host');
const risky = (port: number) => ({ agentId, port, protocol: 'TCP', hostId: 'risky-host' });

describe('a read after a write, in the same operation,', () => {
  it('asks HSS anew, through `results.host`', async () => {
    const gateway = await startGateway({ simulator: { ignoredPortView: 'removed' } });

    const { data, errors } = await gateway.query(
      `mutation ($input: SetPortIgnoreInput!) {
        setPortIgnore(input: $input) {
          results { port host { id ports { totalCount nodes { port } } } }
        }
      }`,
      { input: { ignore: true, ports: [risky(21), risky(23), { ...risky(3389), hostId: null }] } },
    );

    expect(errors).toBeUndefined();
    const left = [22, 68, 443, 445, 445];
    const ports = { totalCount: 5, nodes: left.map((port) => ({ port })) };
    expect(data.setPortIgnore.results).toEqual([
      { port: 21, host: { id: 'risky-host', ports } },
      { port: 23, host: { id: 'risky-host', ports } },
      { port: 3389, host: null },
    ]);
    // Both results share one read, which comes after the write.
    expect(gateway.simulator.calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('is of each host once, in order, through `hosts`', async () => {
    const gateway = await startGateway({ simulator: { ignoredPortView: 'removed' } });
    const port = (hostId: string | null, number: number) => ({
      ...{ agentId: toAgentId(hostId ?? 'x'), port: number, protocol: 'TCP', hostId },
    });

    const { data, errors } = await gateway.query(
      `mutation ($input: SetPortIgnoreInput!) {
        setPortIgnore(input: $input) { rejectedCount hosts { id ports { totalCount } } }
      }`,
      {
        input: {
          ignore: true,
          ports: [
            ...[port('risky-host', 21), port('host-40', 1_024), port('risky-host', 22), port(null, 1)],
            { ...port('host-1', 1_024), protocol: 'TCP6' },
          ],
        },
      },
    );

    expect(errors).toBeUndefined();
    expect(data.setPortIgnore).toEqual({
      rejectedCount: 1,
      hosts: [
        { id: 'risky-host', ports: { totalCount: 6 } },
        { id: 'host-40', ports: { totalCount: 39 } },
        { id: 'host-1', ports: { totalCount: 1 } },
      ],
    });
    expect(gateway.simulator.calls.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET']);
  });

  it('asks HSS anew though the same list was read before, in an earlier root field', async () => {
    const gateway = await startGateway({ simulator: { ignoredPortView: 'removed' } });

    const { data, errors } = await gateway.query(
      `mutation ($a: SetPortIgnoreInput!, $b: SetPortIgnoreInput!) {
        first: setPortIgnore(input: $a) { acceptedCount results { host { ports { totalCount } } } }
        second: setPortIgnore(input: $b) { acceptedCount results { host { ports { totalCount nodes { port } } } } }
      }`,
      { a: { ignore: true, ports: [risky(21)] }, b: { ignore: true, ports: [risky(23)] } },
    );

    expect(errors).toBeUndefined();
    expect(data.first).toEqual({ acceptedCount: 1, results: [{ host: { ports: { totalCount: 7 } } }] });
    expect(data.second.results[0].host.ports.totalCount).toBe(6);
    expect(data.second.results[0].host.ports.nodes.map(({ port }: { port: number }) => port)).toEqual([
      22, 68, 443, 445, 445, 3389,
    ]);
    expect(gateway.simulator.calls.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST', 'GET']);
    expect(auditOf(gateway)).toHaveLength(2);
  });

  it('that fails is null with its error, and takes nothing of the write along', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: ({ method }) => method === 'GET', answer: { status: 403 } });

    const { data, errors } = await gateway.query(
      `mutation ($input: SetPortIgnoreInput!) {
        setPortIgnore(input: $input) { results { outcome host { ports { totalCount } } } }
      }`,
      { input: { ignore: true, ports: [risky(21)] } },
    );

    expect(data.setPortIgnore.results).toEqual([{ outcome: 'ACCEPTED', host: { ports: null } }]);
    expect(errors).toHaveLength(1);
    expect(errors![0]).toMatchObject({
      path: ['setPortIgnore', 'results', 0, 'host', 'ports'],
      extensions: { code: 'FORBIDDEN' },
    });
  });

  it('that may need more calls than the budget refuses the write before it is sent', async () => {
    const gateway = await startGateway({ env: { MAX_UPSTREAM_READS: '2' } });

    const { data, errors } = await gateway.query(
      `mutation ($input: SetPortIgnoreInput!) {
        setPortIgnore(input: $input) { results { outcome host { ports { nodes { port } } } } }
      }`,
      { input: { ignore: true, ports: ['a', 'b', 'c'].map((hostId) => ({ ...risky(21), hostId })) } },
    );

    expect(data).toBeUndefined();
    expect(errors![0]!.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED' });
    expect(gateway.simulator.calls).toEqual([]);
  });
});

describe('an ignored port', () => {
  it.each(['unchanged', 'normal', 'removed'] as const)(
    'is ignored and taken back by the same id where HSS shows it %s',
    async (ignoredPortView) => {
      const gateway = await startGateway({ simulator: { ignoredPortView } });
      const before = await listPorts(gateway, 'risky-host');
      const telnet = before.find(({ port }) => port === 23)!;
      const isIgnored = () => gateway.simulator.isIgnored({ agentId, port: 23, type: 'TCP' });

      const ignored = await setPortIgnore(gateway, { portIds: [telnet.id] });
      expect(outcomesOf(ignored).get(23)).toEqual(['ACCEPTED', null]);
      expect(isIgnored()).toBe(true);
      const after = await listPorts(gateway, 'risky-host');
      const others = ({ id }: { id: string }) => id !== telnet.id;
      expect(after.filter(others)).toEqual(before.filter(others));
      // The id survives whatever HSS makes of the status.
      expect(after.find(({ id }) => id === telnet.id)?.status).toBe(
        { unchanged: 'DANGER', normal: 'NORMAL', removed: undefined }[ignoredPortView],
      );

      const restored = await setPortIgnore(gateway, { portIds: [telnet.id], ignore: false });
      expect(outcomesOf(restored).get(23)).toEqual(['ACCEPTED', null]);
      expect(isIgnored()).toBe(false);
      expect(await listPorts(gateway, 'risky-host')).toEqual(before);
    },
  );
});

describe('the same call again', () => {
  it('is accepted again where HSS takes repeats', async () => {
    const gateway = await startGateway();
    const ports = portsOf('host-40', 2);

    await setPortIgnore(gateway, { ports });
    const { data } = await setPortIgnore(gateway, { ports });

    expect(data.setPortIgnore).toMatchObject({ acceptedCount: 2, rejectedCount: 0, unknownCount: 0 });
    expect(gateway.simulator.calls.map(({ rawBody }) => rawBody)).toEqual(
      Array(2).fill(gateway.simulator.calls[0]!.rawBody),
    );
  });

  it('is rejected where HSS refuses repeats, and the ports stay as they are', async () => {
    const gateway = await startGateway({ simulator: { repeatedIgnore: 'reject' } });
    const ports = portsOf('host-40', 2);

    await setPortIgnore(gateway, { ports });
    const again = await setPortIgnore(gateway, { ports });

    expect(again.errors).toBeUndefined();
    expect([...outcomesOf(again).values()]).toEqual([
      ['REJECTED', 'BAD_USER_INPUT'],
      ['REJECTED', 'BAD_USER_INPUT'],
    ]);
    expect(gateway.simulator.calls).toHaveLength(2);
    expect(
      ports.every(({ agentId, port, protocol }) => gateway.simulator.isIgnored({ agentId, port, type: protocol })),
    ).toBe(true);
  });
});
