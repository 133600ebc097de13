import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ConnectProxy {
  readonly origin: string;
  /** What was asked of it: `CONNECT host:port`, and the credentials that came along. */
  readonly requests: readonly { readonly target: string; readonly authorization: string | null }[];
}

/** An HTTP proxy on loopback that makes tunnels, by CONNECT, or answers every request for one with `refusal`. */
export async function startConnectProxy(refusal: number | null = null): Promise<ConnectProxy> {
  const requests: { target: string; authorization: string | null }[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket.on('error', () => undefined));
  };
  const server = createServer().on('connection', keep);
  server.on('connect', (request, client: Socket) => {
    const { url = '', headers } = request;
    requests.push({ target: `CONNECT ${url}`, authorization: headers['proxy-authorization'] ?? null });
    if (refusal !== null) {
      client.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${url}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    keep(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}
