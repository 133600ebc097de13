import type { Draw } from './draw.ts';
import type { GeneratedOperation } from './operation.ts';

export interface GeneratedRequest {
  readonly method: 'GET' | 'POST';
  /** What follows `/graphql`. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | null;
}

export const maxBodyBytes = 2 ** 20;
const pieces = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ':',
    '!',
    '$',
    '@',
    '|',
    '&',
    '=',
    '...',
    '"',
    '"""',
    '#',
    ',',
    '\n',
    '\uFEFF',
    ' ',
  ],
  ...['0', '-1', '1e999', 'null', 'true', 'on', 'fragment A on Query', 'query', 'mutation', 'subscription', '...A'],
  ...[
    '__typename',
    '__schema',
    'then',
    '__proto__',
    'constructor',
    '\u0000',
    '\u{1f600}',
    '\\u{110000}',
    '@skip(if: true)',
  ],
];

/** Draws how an operation is sent: mostly as clients send it, at times with its text or its variables out of shape. */
export function drawRequest(draw: Draw, operation: GeneratedOperation): GeneratedRequest {
  let { query } = operation;
  if (draw.oneIn(2)) for (let times = draw.upTo(3); times >= 0; times--) query = mutate(draw, query);
  const parameters: Record<string, unknown> = { query, variables: operation.variables };
  if (draw.oneIn(10)) parameters.variables = misshape(draw, operation.variables);
  if (draw.oneIn(20)) parameters.operationName = draw.from(['Fuzz', '', '__proto__', 'x'.repeat(10_000)]);
  if (draw.oneIn(20))
    parameters.extensions = { persistedQuery: { version: 1, sha256Hash: draw.from(['', 'a'.repeat(64)]) } };
  const headers = drawHeaders(draw);
  if (draw.oneIn(10)) {
    // Bytes, and no halves of a character.
    const search = `?query=${encodeURIComponent(Buffer.from(query.slice(0, 4_000)).toString())}`;
    return { method: 'GET', search, headers, body: null };
  }
  return { method: 'POST', search: '', headers, body: JSON.stringify(parameters).slice(0, maxBodyBytes) };
}

function mutate(draw: Draw, text: string): string {
  const at = draw.upTo(text.length);
  const end = Math.min(text.length, at + draw.upTo(60));
  const piece = draw.from(pieces);
  switch (draw.upTo(4)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, at) + piece + text.slice(at);
    case 2:
      return text.slice(0, at) + piece + text.slice(end);
    default: {
      // Huge: a piece of the text, or any, many times.
      const repeated = draw.oneIn(2) && end > at ? text.slice(at, end) : piece;
      const times = draw.from([2, 50, 2_000, Math.floor(maxBodyBytes / 4 / Buffer.byteLength(repeated))]);
      return text.slice(0, at) + repeated.repeat(times) + text.slice(at);
    }
  }
}

/** Variables of other types, with keys that are not known, deep, or many. */
function misshape(draw: Draw, variables: object): unknown {
  const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`);
  return draw.from<unknown>([
    null,
    [],
    'variables',
    { ...variables, v0: deep(1 + draw.upTo(1_000)) },
    { ...variables, v0: Object.fromEntries(Array.from({ length: draw.upTo(20_000) }, (_, key) => [`k${key}`, 1])) },
    Object.fromEntries(Object.keys(variables).map((name) => [name, draw.from<unknown>([null, 1, 'x', [], {}, [[]]])])),
  ]);
}

function drawHeaders(draw: Draw): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = { 'content-type': 'application/json', 'x-auth-token': 'token' };
  if (draw.oneIn(4)) delete headers['x-auth-token'];
  if (draw.oneIn(20))
    headers['x-auth-token'] = draw.from<string | string[]>(['', 'x'.repeat(32_769), ['a', 'b'], '\u00ff']);
  if (draw.oneIn(20)) headers['x-project-id'] = draw.from(['..', 'other', 'a/b', 'x'.repeat(300)]);
  if (draw.oneIn(20))
    headers['content-type'] = draw.from(['text/plain', 'application/json;charset=utf-16', 'Application/JSON']);
  if (draw.oneIn(10))
    headers.accept = draw.from([
      '*/*',
      'application/graphql-response+json',
      'text/csv',
      'application/json;q=0',
      ';;,,',
    ]);
  if (draw.oneIn(20)) headers.traceparent = draw.from(['00-0-0-00', 'x'.repeat(8_000)]);
  if (draw.oneIn(40)) headers['x-request-id'] = draw.from(['', 'x'.repeat(20_000)]);
  return headers;
}
