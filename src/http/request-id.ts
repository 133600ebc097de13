import { randomUUID } from 'node:crypto';
import { echoesSecret } from './echoes-secret.ts';
import type { HeaderReader } from './request.ts';

/** Ids of other shapes may be anything: they are replaced. */
const requestIdShape = /^[\w.:-]{1,128}$/;

/** People choose ids by words that tokens of theirs have, too: `request-of-the-client` is taken over, whatever the token. */
const maxShared = 15;

/**
 * The id under which a request is logged, here and in HSS: taken over from `X-Request-Id`, or made. One that has a part of
 * the caller's token in it, longer than words are, is replaced.
 */
export function readRequestId(headers: HeaderReader): string {
  const given = headers.get('x-request-id');
  if (given === null || !requestIdShape.test(given) || echoesSecret(given, headers, maxShared + 1)) return randomUUID();
  return given;
}
