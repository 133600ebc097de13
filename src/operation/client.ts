import { isIP } from 'node:net';
import proxyAddr, { compile } from 'proxy-addr';
import { echoesSecret } from '../http/echoes-secret.ts';
import type { HttpRequest } from '../http/request.ts';

/** Who sent a request, for the log, as far as can be told without the token. */
export interface Client {
  /** The name that the client gives itself, unverified. */
  readonly client: string | undefined;
  /** Its address: the other end of the connection, or what a trusted proxy there reports. */
  readonly address: string | undefined;
}

export type ReadClient = (request: Pick<HttpRequest, 'headers' | 'peer'>) => Client;

/** Apollo's clients and routers send the first, others the second. */
const nameHeaders = ['apollographql-client-name', 'graphql-client-name'];
const maxNameLength = 64;

/** `trustedProxies`: addresses and networks whose `X-Forwarded-For` is trusted. */
export function createReadClient(trustedProxies: readonly string[]): ReadClient {
  const isTrusted = compile([...trustedProxies]);
  return ({ headers, peer }) => ({
    client: readName(headers),
    address: peer === null ? undefined : readAddress(peer, headers, isTrusted),
  });
}

function readName(headers: HttpRequest['headers']): string | undefined {
  const given = nameHeaders
    .map((name) => headers.get(name))
    .find(Boolean)
    ?.slice(0, maxNameLength);
  if (!given || echoesSecret(given, headers)) return undefined;
  return given.replace(/[^\w .,:;@/+()-]/g, '?');
}

function readAddress(peer: string, headers: HttpRequest['headers'], isTrusted: ReturnType<typeof compile>): string {
  const forwardedFor = headers.get('x-forwarded-for');
  if (forwardedFor === null) return peer;
  const request = { socket: { remoteAddress: peer }, headers: { 'x-forwarded-for': forwardedFor } };
  const address = proxyAddr(request as unknown as Parameters<typeof proxyAddr>[0], isTrusted);
  // A proxy may pass on a value that its own client made up.
  return isIP(address) === 0 ? peer : address;
}
