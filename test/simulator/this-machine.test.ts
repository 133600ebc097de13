import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTalk } from './talk.ts';

const me = { host_id: 'this-machine', container_id: '', pid: process.pid, status: 'unknow' };

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ family }) => family === 'IPv6'));

async function listenTcp(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe.runIf(process.platform === 'linux')('this-machine', () => {
  it.for([
    ['127.0.0.1', 'TCP'],
    ['0.0.0.0', 'TCP'],
    ['::1', 'TCP6'],
    ['::', 'TCP6'],
  ] as const)('lists a TCP socket that listens on %s, with its process', async ([address, type], { skip }) => {
    skip(type === 'TCP6' && !hasIpv6, 'this machine has no IPv6');
    const port = await listenTcp(address);
    const { page } = await startTalk();

    const { data_list: rows } = await page(`host_id=this-machine&port=${String(port)}`);

    expect(rows).toEqual([
      {
        ...me,
        laddr: address,
        port,
        type,
        path: readlinkSync('/proc/self/exe'),
        agent_id: expect.any(String) as unknown,
      },
    ]);
  });

  it.for([
    ['udp4', '127.0.0.1', 'UDP'],
    ['udp6', '::1', 'UDP6'],
  ] as const)('lists a bound %s socket, and not one with a peer', async ([family, address, type], { skip }) => {
    skip(type === 'UDP6' && !hasIpv6, 'this machine has no IPv6');
    const bound = createSocket(family);
    const paired = createSocket(family);
    onTestFinished(() => {
      bound.close();
      paired.close();
    });
    bound.bind(0, address);
    await once(bound, 'listening');
    const { port } = bound.address();
    paired.connect(port, address);
    await once(paired, 'connect');
    const { page } = await startTalk();

    const { data_list: rows } = await page(`host_id=this-machine&port=${String(port)}`);

    expect(rows).toMatchObject([{ ...me, laddr: address, port, type }]);
    expect((await page(`host_id=this-machine&port=${String(paired.address().port)}`)).data_list).toEqual([]);
  });

  it('is in a fixed order, and pages of one listing fit together', async () => {
    for (let opened = 0; opened < 12; opened += 1) await listenTcp('127.0.0.1');
    const { page } = await startTalk();

    const whole = await page('host_id=this-machine&limit=200');
    const ports = whole.data_list.map((row) => Number(row.port));

    expect(ports.length).toBeGreaterThan(12);
    expect(ports).toEqual([...ports].sort((one, other) => one - other));
    expect((await page('host_id=this-machine&limit=10&offset=10')).data_list).toEqual(whole.data_list.slice(10, 20));
  });

  it('can have a port of its own ignored', async () => {
    const port = await listenTcp('127.0.0.1');
    const { page, modify } = await startTalk({ ignoredPortView: 'removed', unknownRow: 'reject' });
    const query = `host_id=this-machine&port=${String(port)}`;
    const [row] = (await page(query)).data_list;

    const answer = await modify({
      operate_type: 'ignore',
      data_list: [{ agent_id: row?.agent_id, port, port_type: 'TCP' }],
    });

    expect(answer.status).toBe(200);
    expect((await page(query)).data_list).toEqual([]);
  });
});
