import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';

/** A call that has reached HSS, and waits to be answered by the test. */
export interface HeldCall {
  readonly method: string;
  readonly token: string;
  readonly project: string;
  /** Of a read. */
  readonly host: string | null;
  readonly requestId: string;
  /** The first is 1. */
  readonly serial: number;
  /** Whether the gateway has ended it. */
  readonly isAborted: () => boolean;
  answer(how: Answer): void;
}

/** A read's true answer has one row, which tells the token and the serial number of the call. */
export type Answer = 'true' | 'reset' | { readonly status: number; readonly retryAfter?: number };

export interface HeldHss {
  readonly origin: string;
  /** All that have come, answered or not, in order. */
  readonly calls: readonly HeldCall[];
  /** The call with this index, as soon as it has come. */
  arrived(index: number): Promise<HeldCall>;
}

/** An HSS that answers when it is told to; hosts named `open…` are answered at once. */
export async function startHeldHss(): Promise<HeldHss> {
  const calls: HeldCall[] = [];
  const server = createServer((request, response) => {
    const call = toCall(request, response, calls.length + 1);
    request.resume();
    if (call.host?.startsWith('open')) call.answer('true');
    else calls.push(call);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    arrived: (index) =>
      eventually(() => {
        const call = calls[index];
        if (!call) throw new Error(`Call ${index} has not come.`);
        return call;
      }),
  };
}

function toCall(request: IncomingMessage, response: ServerResponse, serial: number): HeldCall {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://hss');
  const token = String(request.headers['x-auth-token']);
  const host = searchParams.get('host_id');
  let isAborted = false;
  response.on('close', () => {
    isAborted = !response.writableFinished;
  });
  return {
    method: request.method ?? '',
    token,
    project: pathname.split('/')[2] ?? '',
    host,
    requestId: String(request.headers['x-request-id']),
    serial,
    isAborted: () => isAborted,
    answer(how) {
      if (how === 'reset') return void request.socket.destroy();
      if (how === 'true') {
        const row = {
          host_id: host,
          port: 22,
          type: 'TCP',
          status: 'normal',
          path: `${token} ${serial}`,
          agent_id: 'a',
        };
        const body = host === null ? '' : JSON.stringify({ total_num: 1, data_list: [row] });
        return void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      }
      const { status, retryAfter } = how;
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }).end('{}');
    },
  };
}
