import assert from 'node:assert/strict';
import { request as send } from 'undici';
import { errorCodes } from '../../src/errors/codes.ts';
import type { GeneratedRequest } from './request.ts';

/** An answer's bytes at most, without a token and with one: 8 Mi characters (README.md) of up to three bytes each. */
const maxBytesWithoutToken = 2 * 2 ** 20;
const maxBytes = 3 * 8 * 2 ** 20;

/** Statuses of a request that is answered, or refused by a rule. */
const statuses = new Set([200, 400, 401, 403, 405, 406, 413, 414, 415, 422, 431, 503]);

export interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly body: string;
}

export async function sendRequest(url: string, { method, search, headers, body }: GeneratedRequest): Promise<Answer> {
  const response = await send(url + search, { method, headers, body, headersTimeout: 20_000, bodyTimeout: 20_000 });
  const bytes = Buffer.from(await response.body.arrayBuffer());
  return { status: response.statusCode, bytes: bytes.length, body: bytes.toString() };
}

/** What two answers to one request have in common, whoever executed it: its data, and the errors of each of its paths. */
export function resultOf({ body }: Answer): unknown {
  const { data, errors = [] } = JSON.parse(body) as {
    data?: unknown;
    errors?: { path?: unknown; extensions: { code: string } }[];
  };
  return { data, errors: errors.map(({ path, extensions }) => JSON.stringify([path, extensions.code])).sort() };
}

/** Fails where an answer is neither one of GraphQL nor a clean refusal, or is a bug, or is too long. */
export function judge({ headers }: GeneratedRequest, { status, bytes, body }: Answer): void {
  assert(statuses.has(status), `Status ${status}: ${body.slice(0, 200)}`);
  assert(bytes <= (headers['x-auth-token'] === undefined ? maxBytesWithoutToken : maxBytes), `${bytes} bytes`);
  // Headers that are too large are refused by node:http, before anybody could write an answer.
  if (status === 431) return;
  const { data, errors } = JSON.parse(body) as { data?: unknown; errors?: { extensions?: { code?: unknown } }[] };
  assert(data !== undefined || (errors?.length ?? 0) > 0, 'Neither data nor errors.');
  for (const { extensions } of errors ?? []) {
    const code = extensions?.code;
    assert(errorCodes.includes(code as never) && code !== 'INTERNAL_SERVER_ERROR', `An error of code ${String(code)}.`);
  }
  assert(!body.includes('"INTERNAL_SERVER_ERROR"'), 'A bug in an answer.');
}
