import type { SimulatedRow } from './hosts.ts';

const services = ['/usr/sbin/sshd', '/usr/sbin/nginx', '/usr/bin/java', '/usr/sbin/mysqld', '/usr/bin/redis-server'];
const addresses = ['0.0.0.0', '127.0.0.1', '::', '10.0.0.17'];
const statuses = ['unknow', 'normal', 'unknow', 'danger'];

/** `count` rows with different ports, from 1024 up; every fourth is UDP. The same in every run. */
export function generateRows(hostId: string, agentId: string, count: number): readonly SimulatedRow[] {
  return Array.from({ length: count }, (_, index) => ({
    agent_id: agentId,
    container_id: '',
    host_id: hostId,
    laddr: at(addresses, index),
    path: at(services, index),
    pid: 1000 + index,
    port: 1024 + index,
    status: at(statuses, index),
    type: index % 4 === 3 ? 'UDP' : 'TCP',
  }));
}

function at(words: readonly string[], index: number): string {
  return words[index % words.length] ?? '';
}
