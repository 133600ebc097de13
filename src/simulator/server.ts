import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Exchange } from './exchange.ts';
import type { FaultQueue } from './faults.ts';
import { foreignHost, isForeignHost } from './foreign-host.ts';
import { frontPage } from './front-page.ts';
import { findHostFault } from './host-faults.ts';
import type { HssState } from './hss.ts';
import { answerCall, answerTooLarge } from './hss.ts';
import { playFault } from './play-fault.ts';
import type { Recorder } from './recorder.ts';
import { renderReply, sendReply, type Reply } from './reply.ts';
import { parseBody, readBody } from './request-body.ts';
import { refuseUnreadable } from './unreadable-request.ts';

interface ServerInput extends HssState {
  readonly recorder: Recorder;
  readonly faults: FaultQueue;
  /** Aborted when the simulator closes. */
  readonly stopped: AbortSignal;
}

/** The HTTP side of the simulator: reads a request, records it, lets HSS or a fault answer it. */
export function createHssServer(input: ServerInput): Server {
  const { recorder, stopped } = input;
  let count = 0;

  function open(request: IncomingMessage, response: ServerResponse): Exchange {
    count += 1;
    let isOurs = false;
    const call = recorder.begin(request, response);
    response.once('close', () => {
      call.aborted = !response.writableFinished && !isOurs && !stopped.aborted;
    });
    return {
      request,
      response,
      call,
      requestId: count.toString(16).padStart(32, '0'),
      leave() {
        isOurs = true;
      },
      pause: (ms) => wait(ms, undefined, { signal: stopped }),
    };
  }

  // Tokens alone may have 32,768 characters, and Node's own limit is 16 KiB.
  const server = createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout: 65_000 }, (request, response) => {
    if (isForeignHost(request)) {
      sendApart(response, foreignHost);
      return;
    }
    if (request.method === 'GET' && request.url === '/') {
      sendApart(response, frontPage(input.hosts.values(), input.switches));
      return;
    }
    serve(open(request, response), input).catch((error: unknown) => {
      if (!stopped.aborted && !request.destroyed) console.error(error);
      request.socket.destroy();
    });
  });
  server.on('clientError', refuseUnreadable);
  return server;
}

/** Sends what is no answer of HSS, and is not recorded. */
function sendApart(response: ServerResponse, reply: Reply): void {
  const { status, headers, bytes } = renderReply(reply, '0'.repeat(32));
  response.writeHead(status, headers).end(bytes);
}

async function serve(exchange: Exchange, input: ServerInput): Promise<void> {
  const { request, call } = exchange;
  const text = await readBody(request);
  call.rawBody = text ?? '';
  call.body = parseBody(call.rawBody);

  const fault = input.faults.take(call);
  if (input.switches.latencyMs > 0) await exchange.pause(input.switches.latencyMs);
  const outcome = text === null ? answerTooLarge() : await answerCall(call, input);
  const befalling = fault ?? (outcome.reply.status < 400 ? findHostFault(call, input.hosts) : null);
  if (befalling) {
    await playFault(befalling, exchange, outcome);
    return;
  }
  outcome.apply();
  sendReply(exchange, outcome.reply);
}
