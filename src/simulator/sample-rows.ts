import type { SimulatedRow } from './hosts.ts';

/** A port, with its values in the order used by the samples below. */
export type SamplePort = readonly [
  laddr: string,
  port: number,
  type: 'TCP' | 'UDP' | 'TCP6' | 'UDP6',
  status: 'normal' | 'danger' | 'unknow',
  pid: number,
  path: string,
];

/** The rows of an agent's ports, with their fields in the order of the documentation. */
export function toRows(
  hostId: string,
  agentId: string,
  ports: readonly SamplePort[],
  containerId = '',
): readonly SimulatedRow[] {
  return ports.map(([laddr, port, type, status, pid, path]) => ({
    agent_id: agentId,
    container_id: containerId,
    host_id: hostId,
    laddr,
    path,
    pid,
    port,
    status,
    type,
  }));
}

/** The two rows of the documentation's example. */
export const documentedPorts: readonly SamplePort[] = [
  ['0.0.0.0', 68, 'UDP', 'unknow', 1507, '/usr/sbin/dhclient'],
  ['127.0.0.1', 323, 'UDP', 'unknow', 493, '/usr/sbin/chronyd'],
];

/** Five rows that a scanner should report, and three that it should not; port 445 listens on two addresses. */
export const riskyPorts: readonly SamplePort[] = [
  ['0.0.0.0', 21, 'TCP', 'danger', 812, '/usr/sbin/vsftpd'],
  ['0.0.0.0', 22, 'TCP', 'normal', 734, '/usr/sbin/sshd'],
  ['0.0.0.0', 23, 'TCP', 'danger', 790, '/usr/sbin/telnetd'],
  ['0.0.0.0', 68, 'UDP', 'unknow', 611, '/usr/sbin/dhclient'],
  ['0.0.0.0', 443, 'TCP', 'normal', 901, '/usr/sbin/nginx'],
  ['0.0.0.0', 445, 'TCP', 'danger', 955, '/usr/sbin/smbd'],
  ['::', 445, 'TCP', 'danger', 955, '/usr/sbin/smbd'],
  ['0.0.0.0', 3389, 'TCP', 'danger', 1020, '/usr/sbin/xrdp'],
];

/** The ports of a container host itself. */
export const containerHostPorts: readonly SamplePort[] = [
  ['0.0.0.0', 22, 'TCP', 'normal', 701, '/usr/sbin/sshd'],
  ['0.0.0.0', 2375, 'TCP', 'danger', 880, '/usr/bin/dockerd'],
];

/** The ports of its first container. */
export const webContainerPorts: readonly SamplePort[] = [
  ['0.0.0.0', 80, 'TCP', 'normal', 7, '/usr/sbin/nginx'],
  ['0.0.0.0', 8080, 'TCP', 'unknow', 12, '/usr/bin/java'],
];

/** The ports of its second container; 8080 is open in both. */
export const cacheContainerPorts: readonly SamplePort[] = [
  ['0.0.0.0', 6379, 'TCP', 'danger', 1, '/usr/local/bin/redis-server'],
  ['0.0.0.0', 8080, 'TCP', 'unknow', 9, '/usr/local/bin/exporter'],
];

/** What happens to a write that names one of these ports; 8001 listens on two addresses, which HSS ignores together. */
export const rehearsedPorts: readonly SamplePort[] = [
  ['0.0.0.0', 8001, 'TCP', 'danger', 801, '/opt/rehearse/accepted'],
  ['::', 8001, 'TCP', 'danger', 801, '/opt/rehearse/accepted'],
  ['0.0.0.0', 8002, 'TCP', 'danger', 802, '/opt/rehearse/accepted-after-3-seconds'],
  ['0.0.0.0', 8003, 'TCP', 'danger', 803, '/opt/rehearse/rejected'],
  ['0.0.0.0', 8004, 'TCP', 'danger', 804, '/opt/rehearse/unknown-until-asked-again'],
  ['::', 8005, 'TCP6', 'unknow', 805, '/opt/rehearse/tcp6-cannot-be-ignored'],
  ['0.0.0.0', 8006, 'TCP', 'unknow', 806, '/opt/rehearse/no-agent'],
];
