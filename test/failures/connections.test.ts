import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createConnections, type ConnectionOptions, type Connections } from '../../src/hss/transport/connections.ts';
import { exchange } from '../../src/hss/transport/exchange.ts';
import { createMemory } from '../../src/hss/transport/memory.ts';
import { eventually } from '../support/eventually.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { startGateway } from '../support/gateway.ts';
import { hostIds, portsOfHost, portsOfHosts } from '../support/operations.ts';

const list = JSON.stringify({ total_num: 0, data_list: [] });
const answer = (headers = ''): string => `HTTP/1.1 200 OK\r\nContent-Length: ${list.length}\r\n${headers}\r\n${list}`;

interface Peer {
  readonly origin: string;
  /** The connections in the order in which they were made. */
  readonly sockets: readonly Socket[];
}

/** A server on loopback that answers each request with a list. */
async function startPeer(headers?: string): Promise<Peer> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => socket.write(answer(headers)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

function connectTo(origin: string, options: Partial<ConnectionOptions> = {}): Connections {
  const connections = createConnections({ origin, proxy: null, connectTimeoutMs: 5_000, ...options });
  onTestFinished(() => connections.close());
  return connections;
}

const ask = (connections: Connections) =>
  exchange(
    connections,
    { method: 'GET', path: '/', headers: {}, body: null },
    { timeoutMs: 60_000, cancellation: null, memory: createMemory() },
  );

describe('a connection to HSS', () => {
  it('is used again, and first the one that was used last', async () => {
    const { origin, sockets } = await startPeer();
    const connections = connectTo(origin);
    const answers = [await ask(connections), ...(await Promise.all([ask(connections), ask(connections)]))];
    for (let call = 0; call < 10; call++) answers.push(await ask(connections));
    expect(sockets).toHaveLength(2);
    expect(answers.map(({ isReused }) => isReused)).toEqual([false, true, false, ...Array<boolean>(10).fill(true)]);
  });

  it('is closed when it has been idle, however long HSS would keep it', async () => {
    const { origin, sockets } = await startPeer('Keep-Alive: timeout=300\r\n');
    const connections = connectTo(origin, { maxIdleMs: 50 });
    await ask(connections);
    await eventually(() => expect(sockets[0]!.readableEnded).toBe(true));
    expect(await ask(connections)).toMatchObject({ isReused: false });
    expect(sockets).toHaveLength(2);
  });

  it('is closed before the time that HSS keeps it has passed', async () => {
    const { origin, sockets } = await startPeer('Keep-Alive: timeout=2\r\n');
    await ask(connectTo(origin));
    await eventually(() => expect(sockets[0]!.readableEnded).toBe(true));
  });

  it('is replaced when it is old, under steady traffic', async () => {
    const { origin, sockets } = await startPeer();
    const connections = connectTo(origin, { maxAgeMs: 100 });
    // Three at a time: more than six sockets are their third ones.
    while (sockets.length <= 6) {
      await Promise.all([ask(connections), ask(connections), ask(connections)]);
      await sleep(5);
    }
    await eventually(() => expect(sockets.filter(({ readableEnded }) => !readableEnded).length).toBeLessThanOrEqual(3));
  });

  it('that broke when used again makes the others that were kept new ones', async () => {
    const { origin, sockets } = await startPeer();
    const connections = connectTo(origin);
    await Promise.all([ask(connections), ask(connections), ask(connections)]);
    expect(sockets).toHaveLength(3);
    for (const socket of sockets) socket.removeAllListeners('data').on('data', () => socket.destroy());
    await expect(ask(connections)).rejects.toMatchObject({ kind: 'unavailable', reason: 'UND_ERR_SOCKET', sent: true });
    expect(await ask(connections)).toMatchObject({ isReused: false });
  });

  it('is not made once all are closed', async () => {
    const { origin, sockets } = await startPeer();
    const connections = connectTo(origin);
    await ask(connections);
    await connections.close();
    await expect(ask(connections)).rejects.toMatchObject({ kind: 'unavailable', sent: false });
    expect(sockets).toHaveLength(1);
  });
});

describe('408', () => {
  const timedOut = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

  it('in the place of an answer, over a connection that was kept, is tried again over a new one', async () => {
    const firsts = new WeakSet<Socket>();
    const { origin, requests } = await startFaultServer((socket) => {
      socket.write(firsts.has(socket) ? timedOut : answer());
      firsts.add(socket);
    });
    const { query, log } = await startGateway({ env: { HSS_ENDPOINT: origin } });
    // Three connections are kept, and HSS has given up all of them.
    await query(portsOfHosts, { ids: hostIds(3) });
    const { data, errors } = await query(portsOfHost);
    expect(errors).toBeUndefined();
    expect(data.host.ports).toEqual({ totalCount: 0 });
    expect(requests).toHaveLength(5);
    expect(log.filter(({ msg }) => msg === 'operation').at(-1)).toMatchObject({ reads: 2, retries: 1 });
  });

  it('over a new connection is an answer like another', async () => {
    const { origin, requests } = await startFaultServer((socket) => socket.write(timedOut));
    const { query } = await startGateway({ env: { HSS_ENDPOINT: origin } });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions).toMatchObject({ code: 'UPSTREAM_REJECTED', upstream: { status: 408 } });
    expect(requests).toHaveLength(1);
  });

  it('that HSS says to an idle connection is no answer to what comes after', async () => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer: { idle408Ms: 0 } });
    for (let call = 0; call < 20; call++) {
      const { errors } = await query(portsOfHost);
      expect(errors).toBeUndefined();
    }
  });

  it('to a write is a refusal', async () => {
    const { query, simulator } = await startGateway();
    await query(portsOfHost);
    simulator.on({ when: ({ method }) => method === 'POST', answer: { status: 408 } });
    const { data } = await query(
      `mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) {
        results { outcome error { code } }
      } }`,
    );
    expect(data.setPortIgnore.results).toEqual([{ outcome: 'REJECTED', error: { code: 'UPSTREAM_REJECTED' } }]);
    expect(simulator.calls).toHaveLength(2);
  });
});
