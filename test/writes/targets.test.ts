import { describe, expect, it } from 'vitest';
import { toAgentId } from '../../src/simulator/hosts.ts';
import { startGateway } from '../support/gateway.ts';
import { bodyOf, listPorts, outcomesOf, portsOf, setPortIgnore, writesOf } from './set-port-ignore.ts';

const documentedHost = 'dd91cd32-a238-4c0e-bc01-3b11653714ac';
const documentedAgent = 'eb5d03f02fffd85aaf5d0ba5c992d97713244f420e0b076dcf6ae0574c78aa4b';

describe('a port given by its id', () => {
  it('reaches HSS as the documented body, with its category', async () => {
    const gateway = await startGateway();
    const [dhclient] = await listPorts(gateway, documentedHost);

    const { data, errors, status } = await setPortIgnore(gateway, { portIds: [dhclient!.id] });

    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    expect(data.setPortIgnore).toEqual({
      ignore: true,
      acceptedCount: 1,
      rejectedCount: 0,
      unknownCount: 0,
      results: [
        {
          outcome: 'ACCEPTED',
          portId: dhclient!.id,
          agentId: documentedAgent,
          port: 68,
          protocol: 'UDP',
          containerId: null,
          hostId: documentedHost,
          error: null,
        },
      ],
    });
    expect(gateway.simulator.calls).toHaveLength(1);
    const [call] = gateway.simulator.calls;
    expect(call).toMatchObject({
      method: 'POST',
      path: '/v5/project/asset/batch-modify-port-status',
      query: { category: 'host' },
      body: {
        operate_type: 'ignore',
        data_list: [{ port: 68, port_type: 'UDP', host_id: documentedHost, agent_id: documentedAgent }],
      },
    });
    expect(call!.query).toEqual({ category: 'host' });
    expect(call!.headers).toMatchObject({ 'x-auth-token': 'token', 'content-type': 'application/json' });
    expect(gateway.simulator.isIgnored({ agentId: documentedAgent, port: 68, type: 'UDP' })).toBe(true);
  });

  it('of a container goes out under the category it was read under', async () => {
    const gateway = await startGateway();
    const rows = await listPorts(gateway, 'container-host', { category: 'CONTAINER' });
    const agentId = toAgentId('container-host');

    const { data } = await setPortIgnore(gateway, { portIds: rows.map(({ id }) => id) });

    expect(data.setPortIgnore).toMatchObject({ acceptedCount: 4, rejectedCount: 0, unknownCount: 0 });
    const [call, ...others] = writesOf(gateway);
    expect(others).toEqual([]);
    expect(call!.query).toEqual({ category: 'container' });
    // 8080 is open in both containers: they are two targets.
    const host_id = 'container-host';
    const [web, cache] = [toAgentId('web-container'), toAgentId('cache-container')];
    expect(bodyOf(call!).data_list).toEqual([
      { agent_id: agentId, port: 80, port_type: 'TCP', container_id: web, host_id },
      { agent_id: agentId, port: 8080, port_type: 'TCP', container_id: web, host_id },
      { agent_id: agentId, port: 6379, port_type: 'TCP', container_id: cache, host_id },
      { agent_id: agentId, port: 8080, port_type: 'TCP', container_id: cache, host_id },
    ]);
    expect(gateway.simulator.isIgnored({ agentId, port: 8080, type: 'TCP', containerId: cache })).toBe(true);
    expect(gateway.simulator.isIgnored({ agentId, port: 8080, type: 'TCP' })).toBe(false);
  });

  it('goes out under the enterprise project it was read under, each in a call of its own', async () => {
    const gateway = await startGateway({ env: { HSS_ENTERPRISE_PROJECT_ID: 'ep-research' } });
    const [finance] = await listPorts(gateway, 'finance-host', { enterpriseProjectId: 'ep-finance' });
    const [research] = await listPorts(gateway, 'research-host');
    const [standard] = await listPorts(gateway, 'risky-host', { enterpriseProjectId: '0' });
    const [container] = await listPorts(gateway, 'container-host', {
      category: 'CONTAINER',
      enterpriseProjectId: '0',
    });

    const portIds = [finance, research, standard, container].map((row) => row!.id);
    const { data } = await setPortIgnore(gateway, { portIds });

    expect(data.setPortIgnore.acceptedCount).toBe(4);
    // HSS's default project, `0`, is the same as none.
    expect(writesOf(gateway).map(({ query }) => query)).toEqual([
      { category: 'host', enterprise_project_id: 'ep-finance' },
      { category: 'host', enterprise_project_id: 'ep-research' },
      { category: 'host' },
      { category: 'container' },
    ]);
    for (const [hostId, port] of [
      ['finance-host', 21],
      ['research-host', 68],
      ['risky-host', 21],
    ] as const) {
      const type = port === 68 ? 'UDP' : 'TCP';
      expect(gateway.simulator.isIgnored({ agentId: toAgentId(hostId), port, type })).toBe(true);
    }
  });

  it('goes out under the enterprise project that is named, where one is', async () => {
    const gateway = await startGateway();
    const [row] = await listPorts(gateway, 'finance-host', { enterpriseProjectId: 'ep-finance' });

    await setPortIgnore(gateway, { portIds: [row!.id], enterpriseProjectId: 'all_granted_eps' });

    expect(writesOf(gateway).map(({ query }) => query)).toEqual([
      { category: 'host', enterprise_project_id: 'all_granted_eps' },
    ]);
  });
});

describe('a port given by its parts', () => {
  it('reaches HSS with what was given of it, and no more', async () => {
    const gateway = await startGateway();
    const agentId = toAgentId('risky-host');

    const { data } = await setPortIgnore(gateway, { ports: [{ agentId, port: 23, protocol: 'TCP' }] });

    expect(data.setPortIgnore.results).toEqual([
      {
        outcome: 'ACCEPTED',
        portId: null,
        agentId,
        port: 23,
        protocol: 'TCP',
        containerId: null,
        hostId: null,
        error: null,
      },
    ]);
    const [call] = writesOf(gateway);
    expect(call!.query).toEqual({ category: 'host' });
    expect(call!.body).toEqual({
      operate_type: 'ignore',
      data_list: [{ port: 23, port_type: 'TCP', agent_id: agentId }],
    });
    expect(gateway.simulator.isIgnored({ agentId, port: 23, type: 'TCP' })).toBe(true);
  });

  it('goes out with its container and host, under the category and enterprise project of the input', async () => {
    const gateway = await startGateway();
    const port = { agentId: 'a', port: 0, protocol: 'UDP', containerId: 'c', hostId: 'h' };

    await setPortIgnore(gateway, { ports: [port], category: 'CONTAINER', enterpriseProjectId: 'ep/&ä' });

    const [call] = writesOf(gateway);
    expect(call!.query).toEqual({ category: 'container', enterprise_project_id: 'ep/&ä' });
    expect(bodyOf(call!).data_list).toEqual([
      { agent_id: 'a', port: 0, port_type: 'UDP', container_id: 'c', host_id: 'h' },
    ]);
  });

  it('goes out under the configured enterprise project where none is named', async () => {
    const gateway = await startGateway({ env: { HSS_ENTERPRISE_PROJECT_ID: 'ep-finance' } });
    const agentId = toAgentId('finance-host');

    await setPortIgnore(gateway, { ports: [{ agentId, port: 22, protocol: 'TCP' }] });

    expect(writesOf(gateway).map(({ query }) => query)).toEqual([
      { category: 'host', enterprise_project_id: 'ep-finance' },
    ]);
    expect(gateway.simulator.isIgnored({ agentId, port: 22, type: 'TCP' })).toBe(true);
  });

  it('may be at every bound', async () => {
    const gateway = await startGateway();
    const long = 'x'.repeat(64);
    const port = { agentId: long, port: 2_147_483_647, protocol: 'TCP', containerId: long, hostId: long };

    const result = await setPortIgnore(gateway, { ports: [port], enterpriseProjectId: 'e'.repeat(256) });

    expect(outcomesOf(result).get(2_147_483_647)).toEqual(['ACCEPTED', null]);
    expect(writesOf(gateway).map((call) => bodyOf(call).data_list)).toEqual([
      [{ agent_id: long, port: 2_147_483_647, port_type: 'TCP', container_id: long, host_id: long }],
    ]);
  });
});

describe('ports to be ignored no longer', () => {
  it('reach HSS as `not_ignore`', async () => {
    const gateway = await startGateway();
    const ports = portsOf('host-40', 1);
    const isIgnored = () => gateway.simulator.isIgnored({ agentId: toAgentId('host-40'), port: 1024, type: 'TCP' });

    await setPortIgnore(gateway, { ports });
    expect(isIgnored()).toBe(true);
    const { data } = await setPortIgnore(gateway, { ports, ignore: false });

    expect(data.setPortIgnore).toMatchObject({ ignore: false, acceptedCount: 1 });
    expect(writesOf(gateway).map((call) => bodyOf(call).operate_type)).toEqual(['ignore', 'not_ignore']);
    expect(isIgnored()).toBe(false);
  });
});

describe('several ports', () => {
  it('by id and by parts are answered ids first, each in the order of the input', async () => {
    const gateway = await startGateway();
    const rows = await listPorts(gateway, 'risky-host');
    const portIds = [rows[4]!.id, rows[0]!.id];

    const { data } = await setPortIgnore(gateway, { portIds, ports: portsOf('host-40', 2) });

    const results = data.setPortIgnore.results as { portId: string | null; port: number }[];
    expect(results.map(({ portId, port }) => [portId, port])).toEqual([
      [portIds[0], 443],
      [portIds[1], 21],
      [null, 1024],
      [null, 1025],
    ]);
    expect(writesOf(gateway).map((call) => bodyOf(call).data_list.map(({ port }) => port))).toEqual([
      [443, 21, 1024, 1025],
    ]);
  });

  it('that are equal are sent once and answered each', async () => {
    const gateway = await startGateway();
    const rows = await listPorts(gateway, 'risky-host');
    // 445 listens on two addresses: two rows, one port to HSS.
    const portIds = rows.filter(({ port }) => port === 445).map(({ id }) => id);
    expect(portIds).toHaveLength(2);
    const agentId = toAgentId('risky-host');
    const port = { agentId, port: 445, protocol: 'TCP' };

    const { data } = await setPortIgnore(gateway, {
      portIds: [...portIds, portIds[0]],
      ports: [port, { ...port, protocol: 'UDP' }, { ...port, containerId: '' }],
    });

    expect(data.setPortIgnore.acceptedCount).toBe(6);
    const results = data.setPortIgnore.results as { portId: string | null; outcome: string }[];
    expect(results.map(({ portId }) => portId)).toEqual([...portIds, portIds[0], null, null, null]);
    expect(writesOf(gateway).map((call) => bodyOf(call).data_list)).toEqual([
      [
        { agent_id: agentId, port: 445, port_type: 'TCP', host_id: 'risky-host' },
        { agent_id: agentId, port: 445, port_type: 'UDP' },
      ],
    ]);
  });

  it('are 2,000 in ten calls: the first alone, the others up to four side by side', async () => {
    const gateway = await startGateway({ simulator: { latencyMs: 50 } });
    const ports = portsOf('host-10000', 2_000);

    const { data } = await setPortIgnore(gateway, { ports });

    expect(data.setPortIgnore).toMatchObject({ acceptedCount: 2_000, rejectedCount: 0, unknownCount: 0 });
    expect(data.setPortIgnore.results.map(({ port }: { port: number }) => port)).toEqual(ports.map(({ port }) => port));
    const sent = writesOf(gateway).map((call) => bodyOf(call).data_list.map(({ port }) => port));
    expect(sent.map(({ length }) => length)).toEqual(Array(10).fill(200));
    expect(sent.flat().toSorted((a, b) => a - b)).toEqual(ports.map(({ port }) => port));
    expect(gateway.simulator.mostConcurrent).toBe(4);
    const [first, second] = writesOf(gateway);
    // Side by side they may overtake each other; none overtakes the first.
    expect(sent[0]).toEqual(ports.slice(0, 200).map(({ port }) => port));
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(49);
    expect(
      ports.every(({ agentId, port, protocol }) => gateway.simulator.isIgnored({ agentId, port, type: protocol })),
    ).toBe(true);
  });

  it('are 2,000 of containers by id, which fit into one request with the longest usual ids', async () => {
    const gateway = await startGateway();
    const host_id = documentedHost.replace('d', 'e');
    const containerRows = Array.from({ length: 2_000 }, (_, index) => ({
      host_id,
      agent_id: documentedAgent,
      container_id: documentedAgent,
      laddr: 'fe80:0000:0000:0000:0000:0000:0000:0001',
      port: 10_000 + index,
      type: 'TCP',
      pid: 4_194_304,
    }));
    gateway.simulator.addHost({ hostId: host_id, enterpriseProjectId: documentedHost, containerRows });
    const filter = { category: 'CONTAINER', enterpriseProjectId: documentedHost };
    const rows = [0, 1_000].map((offset) => listPorts(gateway, host_id, filter, offset));
    const portIds = (await Promise.all(rows)).flat().map(({ id }) => id);
    gateway.simulator.clearCalls();

    const { data } = await setPortIgnore(gateway, { portIds });

    expect(data.setPortIgnore.acceptedCount).toBe(2_000);
    expect(writesOf(gateway)).toHaveLength(10);
  });

  it('are 2,000 targets of one port in one call', async () => {
    const gateway = await startGateway();
    const [port] = portsOf('host-10000', 1);

    const { data } = await setPortIgnore(gateway, { ports: Array(2_000).fill(port) });

    expect(data.setPortIgnore.acceptedCount).toBe(2_000);
    expect(writesOf(gateway).map((call) => bodyOf(call).data_list.length)).toEqual([1]);
  });
});
