import type { SimulatedHost } from './hosts.ts';
import { toAgentId } from './hosts.ts';
import { createRehearsalHosts } from './rehearsal-hosts.ts';
import {
  cacheContainerPorts,
  containerHostPorts,
  documentedPorts,
  riskyPorts,
  toRows,
  webContainerPorts,
} from './sample-rows.ts';
import type { SamplePort } from './sample-rows.ts';
import { sizedHost } from './sized-host.ts';
import { createThisMachine } from './this-machine.ts';

/** The hosts of a new simulator; on Linux they include the machine it runs on. */
export function createBuiltInHosts(): readonly SimulatedHost[] {
  return [
    documentedHost,
    sizedHost('host-0', '10.0.0.10', 0),
    sizedHost('host-1', '10.0.0.11', 1),
    sizedHost('host-40', '10.0.0.12', 40),
    sizedHost('host-350', '10.0.0.13', 350),
    sizedHost('host-10000', '10.0.0.14', 10_000),
    sizedHost('host-12000', '10.0.0.15', 12_000),
    sampleHost('risky-host', '10.0.0.20', riskyPorts),
    containerHost,
    sampleHost('finance-host', '10.0.1.10', riskyPorts.slice(0, 3), 'ep-finance'),
    sampleHost('research-host', '10.0.2.10', riskyPorts.slice(3, 5), 'ep-research'),
    ...createRehearsalHosts(),
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
  about: "the two ports of HSS's documentation",
  rows: toRows(documentedId, documentedAgent, documentedPorts),
};

const containerAgent = toAgentId('container-host');

const containerHost: SimulatedHost = {
  hostId: 'container-host',
  hostName: 'ecs-container-host',
  hostIp: '10.0.0.30',
  about: 'two ports of its own, four in containers (category container)',
  agentId: containerAgent,
  rows: toRows('container-host', containerAgent, containerHostPorts),
  containerRows: [
    ...toRows('container-host', containerAgent, webContainerPorts, toAgentId('web-container')),
    ...toRows('container-host', containerAgent, cacheContainerPorts, toAgentId('cache-container')),
  ],
};

function sampleHost(
  hostId: string,
  hostIp: string,
  ports: readonly SamplePort[],
  enterpriseProjectId?: string,
): SimulatedHost {
  const agentId = toAgentId(hostId);
  return {
    hostId,
    hostName: `ecs-${hostId}`,
    hostIp,
    agentId,
    about: enterpriseProjectId
      ? `in the enterprise project ${enterpriseProjectId}`
      : 'dangerous ports, as a scanner should report them',
    ...(enterpriseProjectId && { enterpriseProjectId }),
    rows: toRows(hostId, agentId, ports),
  };
}
