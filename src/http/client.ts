import { isIP } from 'node:net';
import proxyAddr, { compile } from 'proxy-addr';
import type { HttpRequest } from './request.ts';

/** Who sent a request, as far as it can be told without the token: for the log. */
export interface Client {
  /** What the client calls itself; anybody may say anything. */
  readonly client?: string;
  /** Where it is: the other end of the connection, or what a trusted proxy there says. */
  readonly address?: string;
}

export type ReadClient = (request: Pick<HttpRequest, 'headers' | 'peer'>) => Client;

/** Apollo's clients and routers send the first, others the second. */
const nameHeaders = ['apollographql-client-name', 'graphql-client-name'];
const maxNameLength = 64;
/** So much of a token is no name. */
const maxEcho = 8;

/** `trustedProxies`: addresses and networks whose `X-Forwarded-For` is believed. */
export function createReadClient(trustedProxies: readonly string[]): ReadClient {
  const isTrusted = compile([...trustedProxies]);
  return ({ headers, peer }) => {
    const client = readName(headers);
    const address = peer && readAddress(peer, headers, isTrusted);
    return { ...(client && { client }), ...(address && { address }) };
  };
}

function readName(headers: HttpRequest['headers']): string | null {
  const given = nameHeaders.map((name) => headers.get(name)).find(Boolean);
  const name = given?.slice(0, maxNameLength).replace(/[^\w .,:;@/+()-]/g, '?');
  if (!name || (name.length >= maxEcho && headers.get('x-auth-token')?.includes(name))) return null;
  return name;
}

function readAddress(
  peer: string,
  headers: HttpRequest['headers'],
  isTrusted: ReturnType<typeof compile>,
): string | null {
  const request = {
    socket: { remoteAddress: peer },
    headers: { 'x-forwarded-for': headers.get('x-forwarded-for') ?? undefined },
  };
  const address = proxyAddr(request as unknown as Parameters<typeof proxyAddr>[0], isTrusted);
  // A proxy may pass on what its own client has made up.
  return isIP(address) === 0 ? peer : address;
}
