import { randomUUID } from 'node:crypto';
import { echoesSecret, longerThanWords } from './echoes-secret.ts';
import type { HeaderReader } from './request.ts';

/** Ids of other shapes could be anything, and are replaced. */
const requestIdShape = /^[\w.:-]{1,128}$/;

/**
 * The id under which a request is logged, here and in HSS: taken from `X-Request-Id`, or made. One that contains part
 * of the caller's token, longer than words are, is replaced.
 */
export function readRequestId(headers: HeaderReader): string {
  const given = headers.get('x-request-id');
  if (given === null || !requestIdShape.test(given) || echoesSecret(given, headers, longerThanWords))
    return randomUUID();
  return given;
}
