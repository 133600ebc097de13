import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import type { SimulatedHost, SimulatedRow } from './hosts.ts';
import { toAgentId } from './hosts.ts';
import { parseProcNet } from './proc-net.ts';
import { findSocketOwners } from './socket-owners.ts';

const hostId = 'this-machine';
const agentId = toAgentId(hostId);
const freshForMs = 1000;

/** The machine that the simulator runs on, with its real listening sockets (Linux only). */
export function createThisMachine(): SimulatedHost {
  let readAt = -Infinity;
  let rows: Promise<readonly SimulatedRow[]> = Promise.resolve([]);
  return {
    hostId,
    hostName: hostname(),
    hostIp: firstAddress(),
    agentId,
    about: 'the listening sockets of the machine that the simulator runs on',
    // Kept briefly, so that all pages of one listing come from the same state.
    rows: () => {
      if (performance.now() - readAt > freshForMs) {
        readAt = performance.now();
        rows = readMachineRows();
      }
      return rows;
    },
  };
}

async function readMachineRows(): Promise<readonly SimulatedRow[]> {
  const tables = await Promise.all([
    readTable('tcp', 'TCP', 'TCP'),
    readTable('tcp6', 'TCP', 'TCP6'),
    readTable('udp', 'UDP', 'UDP'),
    readTable('udp6', 'UDP', 'UDP6'),
  ]);
  const sockets = tables.flat();
  const owners = await findSocketOwners(new Set(sockets.map(({ inode }) => inode)));
  const rows = sockets.map(({ address, port, type, inode }) => {
    const owner = owners.get(inode);
    return {
      agent_id: agentId,
      container_id: '',
      host_id: hostId,
      laddr: address,
      ...(owner?.path != null && { path: owner.path }),
      ...(owner && { pid: owner.pid }),
      port,
      status: 'unknow',
      type,
    };
  });
  rows.sort((one, other) => one.port - other.port || compare(JSON.stringify(one), JSON.stringify(other)));
  // Workers that share a port with SO_REUSEPORT have a socket each, but one row.
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

async function readTable(name: string, protocol: 'TCP' | 'UDP', type: string) {
  // A machine without IPv6 has neither tcp6 nor udp6.
  const table = await readFile(`/proc/net/${name}`, 'utf8').catch(() => '');
  return parseProcNet(table, protocol).map((socket) => ({ ...socket, type }));
}

function firstAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
