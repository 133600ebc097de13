import { randomUUID } from 'node:crypto';
import type { HeaderReader } from './request.ts';

/** Ids of other shapes may be anything, also a token: they are replaced. */
const requestIdShape = /^[\w.:-]{1,128}$/;

/** The id under which a request is logged, here and in HSS: taken over from `X-Request-Id`, or made. */
export function readRequestId(headers: HeaderReader): string {
  const given = headers.get('x-request-id');
  return given !== null && requestIdShape.test(given) ? given : randomUUID();
}
