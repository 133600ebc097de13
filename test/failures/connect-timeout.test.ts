import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { portsOfHost } from '../support/operations.ts';

/** The port of a server that takes no connection: it has stopped, and its backlog is full. */
async function startDeafServer(): Promise<number> {
  const listen =
    "require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () { console.log(this.address().port) })";
  const server = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.kill('SIGKILL');
  });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  server.kill('SIGSTOP');
  const port = Number(line.toString());
  for (let isFull = false; !isFull;) {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    isFull = await Promise.race([once(socket, 'connect').then(() => false), wait(1_000, true)]);
  }
  return port;
}

describe('a connection to HSS that is not made', () => {
  it('is given up long before a call is, so that the read is tried again within its time', async () => {
    const port = await startDeafServer();
    const env = { HSS_ENDPOINT: `http://127.0.0.1:${port}`, HSS_TIMEOUT_MS: '60000', OPERATION_TIMEOUT_MS: '14000' };
    const { query } = await startGateway({ env });
    const { errors, extensions } = await query(portsOfHost);
    expect(errors).toHaveLength(1);
    expect(extensions).toMatchObject({ cost: { retries: 2 } });
  });
});
