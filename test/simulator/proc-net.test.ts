import { endianness } from 'node:os';
import { describe, expect, it } from 'vitest';
import { parseProcNet, toAddress } from '../../src/simulator/proc-net.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const line = (local: string, remote: string, state: string, inode: number) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${String(inode)} 1 0 100 0`;

describe.runIf(endianness() === 'LE')('an address of /proc/net', () => {
  it.each([
    ['0100007F', '127.0.0.1'],
    ['00000000', '0.0.0.0'],
    ['0A01A8C0', '192.168.1.10'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000001000000', '::1'],
    ['B80D0120000000000000000001000000', '2001:db8::1'],
    ['000080FE00000000FF00545055CBB4FE', 'fe80::5054:ff:feb4:cb55'],
    ['0000000000000000FFFF00000100007F', '::ffff:127.0.0.1'],
  ])('is read in the byte order of the machine: %s', (hex, address) => {
    expect(toAddress(hex)).toBe(address);
  });
});

describe.runIf(endianness() === 'LE')('a table of /proc/net', () => {
  it('gives the TCP sockets that listen', () => {
    const table = [
      head,
      line('0100007F:0016', '00000000:0000', '0A', 7),
      line('0100007F:0016', '0100007F:D431', '01', 8),
      '',
    ].join('\n');

    expect(parseProcNet(table, 'TCP')).toEqual([{ address: '127.0.0.1', port: 22, inode: '7' }]);
  });

  it('gives the UDP sockets without a peer', () => {
    const any = '0'.repeat(32);
    const table = [
      head,
      line(`${any}:0044`, `${any}:0000`, '07', 7),
      line(`${any}:0044`, '00000000000000000000000001000000:0035', '01', 8),
      '',
    ].join('\n');

    expect(parseProcNet(table, 'UDP')).toEqual([{ address: '::', port: 68, inode: '7' }]);
  });

  it('is empty where there is none', () => {
    expect(parseProcNet('', 'TCP')).toEqual([]);
  });
});
