import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createUnreadBytes } from '../../src/http/unread-bytes.ts';
import { eventually } from '../support/eventually.ts';

const body = Buffer.alloc(40 * 1024 * 1024, 'x');

/** A server of large responses, and clients that ask for one and do not read it. */
async function start() {
  const unread = createUnreadBytes();
  const responses: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    responses.push(response);
    response.end(body);
    unread.add(response, body.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const clients: Socket[] = [];
  onTestFinished(() => {
    for (const client of clients) client.destroy();
    server.close();
  });
  const ask = async (): Promise<Socket> => {
    const before = responses.length;
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
    clients.push(client);
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(() => expect(responses).toHaveLength(before + 1));
    return client;
  };
  return { unread, ask };
}

describe('what clients do not read', () => {
  it('is bounded over all connections, and makes room when a client leaves', async () => {
    const { unread, ask } = await start();
    const first = await ask();
    expect(unread.areTooMany()).toBe(false);
    await ask();
    expect(unread.areTooMany()).toBe(true);
    first.destroy();
    await eventually(() => expect(unread.areTooMany()).toBe(false));
  });

  it('is given up by the slowest, once it has waited', async () => {
    const { unread, ask } = await start();
    const slowest = await ask();
    await ask();
    slowest.on('error', () => undefined);
    // Asked again and again, as requests come: the oldest is ended when its patience is over, and no other.
    await eventually(() => expect(unread.areTooMany()).toBe(false));
    await eventually(() => {
      slowest.resume();
      expect(slowest.destroyed || slowest.readableEnded).toBe(true);
    });
  });

  it('is nothing where the system has taken all at once', async () => {
    const unread = createUnreadBytes();
    const server = createServer((_request, response) => {
      response.end('x');
      unread.add(response, body.length);
      unread.add(response, body.length);
      response.socket?.end(String(unread.areTooMany()));
    });
    onTestFinished(() => void server.close());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    let text = '';
    for await (const chunk of client) text += String(chunk);
    expect(text).toMatch(/false$/);
  });
});
