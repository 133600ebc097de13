import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that answers each request with raw bytes, for what the simulator is too well-behaved to do. */
export interface FaultServer {
  readonly origin: string;
  /** First lines of the requests that arrived. */
  readonly requests: readonly string[];
}

/** `answer` is called when the head of a request has arrived; what it writes is the answer, or no HTTP at all. */
export async function startFaultServer(answer: (socket: Socket, request: number) => void): Promise<FaultServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      requests.push(bytes.toString('latin1').split('\r\n', 1)[0] ?? '');
      answer(socket, requests.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const blockedServer = `
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/** An origin where a connection is never made: its server accepts none, and its backlog is full. */
export async function startStuckServer(): Promise<string> {
  const child = spawn(process.execPath, ['-e', blockedServer], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const fillers = Array.from({ length: 4 }, () => connect(Number(port.toString()), '127.0.0.1'));
  for (const filler of fillers) filler.on('error', () => undefined);
  onTestFinished(async () => {
    for (const filler of fillers) filler.destroy();
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  await once(fillers[0]!, 'connect');
  return `http://127.0.0.1:${port.toString()}`;
}
