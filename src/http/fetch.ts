import { GraphQLError } from 'graphql';
import { Cancellation } from '../cancellation.ts';
import { Body, bodyTooLarge, incomplete } from './body.ts';
import { callerHeaders, type HttpRequest } from './request.ts';
import type { Routes } from './routes.ts';

/** The gateway as a Fetch handler, for servers that are not node:http. */
export function createFetch(routes: Routes): (request: Request) => Promise<Response> {
  return async (request) => {
    const { status, headers, body, onSent } = await routes(toHttpRequest(request));
    // Only the server knows whether the client reads it.
    onSent?.();
    const sent = body === null || typeof body === 'string' ? body : new Uint8Array(Buffer.concat(body));
    return new Response(request.method === 'HEAD' ? null : sent, { status, headers });
  };
}

function toHttpRequest(request: Request): HttpRequest {
  const { method, headers, signal } = request;
  const { pathname, search, host } = new URL(request.url);
  return {
    method,
    path: pathname,
    search: search.slice(1),
    headers: { get: (name) => headers.get(name) ?? (name === 'host' ? host : null) },
    // Fetch joins repeated headers.
    repeatedHeader: callerHeaders.find((name) => headers.get(name)?.includes(', ')) ?? null,
    peer: null,
    cancellation: cancelledBy(signal),
    text: () => readFetchBody(request),
  };
}

function cancelledBy(signal: AbortSignal): Cancellation {
  const cancellation = new Cancellation();
  if (signal.aborted) cancellation.cancel(true);
  else signal.addEventListener('abort', () => cancellation.cancel(true), { once: true });
  return cancellation;
}

async function readFetchBody({ body }: Request): Promise<string> {
  const read = new Body();
  try {
    for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
      // Copied: the source may reuse the chunk.
      if (!read.add(Buffer.from(chunk))) throw bodyTooLarge();
    }
  } catch (error) {
    // Any error but a refusal means that the client has left.
    throw error instanceof GraphQLError ? error : incomplete();
  }
  return read.text();
}
