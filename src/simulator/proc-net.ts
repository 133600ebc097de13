import { SocketAddress } from 'node:net';
import { endianness } from 'node:os';

/** A socket waiting for peers, as listed in /proc/net. */
export interface ListeningSocket {
  readonly address: string;
  readonly port: number;
  readonly inode: string;
}

/** Parses /proc/net/tcp, tcp6, udp or udp6: listening TCP sockets, and UDP sockets without a peer. */
export function parseProcNet(table: string, protocol: 'TCP' | 'UDP'): readonly ListeningSocket[] {
  const waiting = protocol === 'TCP' ? '0A' : '07';
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
      if (local === undefined || remote === undefined || inode === undefined || state !== waiting) return [];
      if (!/^0+:0+$/.test(remote)) return [];
      const [address = '', port = ''] = local.split(':');
      return [{ address: toAddress(address), port: parseInt(port, 16), inode }];
    });
}

/** Parses an address of /proc/net: words of four bytes, each in the machine's byte order. */
export function toAddress(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (endianness() === 'LE') bytes.swap32();
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  // SocketAddress writes an address in its shortest form.
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}
