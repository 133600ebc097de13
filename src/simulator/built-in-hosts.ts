import { generateRows } from './generated-rows.ts';
import type { SimulatedHost, SimulatedRow } from './hosts.ts';
import { toAgentId } from './hosts.ts';
import {
  cacheContainerPorts,
  containerHostPorts,
  documentedPorts,
  riskyPorts,
  toRows,
  webContainerPorts,
} from './sample-rows.ts';
import type { SamplePort } from './sample-rows.ts';
import { createThisMachine } from './this-machine.ts';

/** The hosts of a fresh simulator; on Linux the machine it runs on is one of them. */
export function createBuiltInHosts(): readonly SimulatedHost[] {
  return [
    documentedHost,
    sizedHost(0, '10.0.0.10'),
    sizedHost(1, '10.0.0.11'),
    sizedHost(40, '10.0.0.12'),
    sizedHost(350, '10.0.0.13'),
    sizedHost(10_000, '10.0.0.14'),
    sizedHost(12_000, '10.0.0.15'),
    sampleHost('risky-host', '10.0.0.20', '0', riskyPorts),
    containerHost,
    sampleHost('finance-host', '10.0.1.10', 'ep-finance', riskyPorts.slice(0, 3)),
    sampleHost('research-host', '10.0.2.10', 'ep-research', riskyPorts.slice(3, 5)),
    ...(process.platform === 'linux' ? [createThisMachine()] : []),
  ];
}

const documentedId = 'dd91cd32-a238-4c0e-bc01-3b11653714ac';
const documentedAgent = 'eb5d03f02fffd85aaf5d0ba5c992d97713244f420e0b076dcf6ae0574c78aa4b';

const documentedHost: SimulatedHost = {
  hostId: documentedId,
  hostName: 'ecs-documented',
  hostIp: '192.168.0.10',
  agentId: documentedAgent,
  rows: toRows(documentedId, documentedAgent, documentedPorts),
};

const containerAgent = toAgentId('container-host');

const containerHost: SimulatedHost = {
  hostId: 'container-host',
  hostName: 'ecs-container-host',
  hostIp: '10.0.0.30',
  agentId: containerAgent,
  rows: toRows('container-host', containerAgent, containerHostPorts),
  containerRows: [
    ...toRows('container-host', containerAgent, webContainerPorts, toAgentId('web-container')),
    ...toRows('container-host', containerAgent, cacheContainerPorts, toAgentId('cache-container')),
  ],
};

function sizedHost(count: number, hostIp: string): SimulatedHost {
  const hostId = `host-${String(count)}`;
  const agentId = toAgentId(hostId);
  let rows: readonly SimulatedRow[] | null = null;
  return {
    hostId,
    hostName: `ecs-${hostId}`,
    hostIp,
    agentId,
    rows: () => (rows ??= generateRows(hostId, agentId, count)),
  };
}

function sampleHost(
  hostId: string,
  hostIp: string,
  enterpriseProjectId: string,
  ports: readonly SamplePort[],
): SimulatedHost {
  const agentId = toAgentId(hostId);
  return {
    hostId,
    hostName: `ecs-${hostId}`,
    hostIp,
    agentId,
    enterpriseProjectId,
    rows: toRows(hostId, agentId, ports),
  };
}
