import { readdir, readlink } from 'node:fs/promises';

/** The process that holds a socket. */
export interface SocketOwner {
  readonly pid: number;
  /** Null if the link to its executable may not be read. */
  readonly path: string | null;
}

/** Finds the process behind each socket inode; a socket whose process may not be inspected has no owner. */
export async function findSocketOwners(inodes: ReadonlySet<string>): Promise<ReadonlyMap<string, SocketOwner>> {
  const owners = new Map<string, SocketOwner>();
  for (const pid of await listPids()) {
    const held = (await listSocketInodes(pid)).filter((inode) => inodes.has(inode) && !owners.has(inode));
    if (held.length === 0) continue;
    const path = await readlink(`/proc/${String(pid)}/exe`).catch(() => null);
    for (const inode of held) owners.set(inode, { pid, path });
    if (owners.size === inodes.size) break;
  }
  return owners;
}

// In order, so that the oldest of several processes that share a socket is named.
async function listPids(): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => []);
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((one, other) => one - other);
}

async function listSocketInodes(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${String(pid)}/fd`;
  const descriptors = await readdir(folder).catch(() => []);
  // A descriptor may be gone by the time it is read.
  const links = await Promise.all(descriptors.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}
