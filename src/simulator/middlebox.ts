// Answers of intermediaries between a client and HSS.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { gatewayError } from './error-replies.ts';
import type { AlteredReply } from './faults.ts';
import type { Reply } from './reply.ts';

const compressors = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

/** The answer compressed, whatever the client accepts, without its last `lost` bytes. */
export function compressed(encoding: keyof typeof compressors, lost = 0): AlteredReply {
  const compress = compressors[encoding];
  return {
    headers: { 'content-encoding': encoding },
    encode: (bytes) => {
      const whole = compress(bytes);
      return whole.subarray(0, whole.length - lost);
    },
  };
}

/** The answer with a byte order mark before its JSON. */
export const withByteOrderMark: AlteredReply = {
  encode: (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
};

/** The page of a web application firewall that blocks a request. */
export const firewallPage: Reply = {
  status: 403,
  contentType: 'text/html; charset=utf-8',
  headers: { server: 'CloudWAF', 'x-request-id': null },
  body: '<!DOCTYPE html><title>403</title><h1>Request blocked</h1><p>The request was blocked by the firewall.</p>',
};

/** The gateway's throttling; `retryAfter` is the header's text, seconds or a date; the real one sends none. */
export function throttled(retryAfter?: string): Reply {
  return {
    ...gatewayError('APIGW.0308', 429),
    ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
  };
}
