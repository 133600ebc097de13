import { clientError } from '../errors/client-error.ts';
import { leavesOf } from '../leaves.ts';
import type { HttpRequest } from './request.ts';

/**
 * What a request asks to execute.
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters
 */
export interface GraphQLParameters {
  readonly query: string | null;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>>;
  /** The id of a persisted document. */
  readonly documentId: string | null;
}

/** Reads the parameters of a POST, or of a GET or HEAD; throws a client error with the status of the refusal. */
export async function readParameters(request: HttpRequest): Promise<GraphQLParameters> {
  if (request.method !== 'POST') return toParameters(readUrl(request.search));
  requireJson(request);
  return toParameters(parseJson(await request.text(), 'The body is not JSON.'));
}

/**
 * Only JSON: a browser asks the gateway's permission before it sends JSON to another origin, but not before it sends a
 * form, so no page can make a visitor's browser call the gateway.
 */
function requireJson({ headers }: HttpRequest): void {
  const encoding = headers.get('content-encoding');
  if (encoding !== null && !isIdentity(encoding)) {
    throw refuse('Send the body uncompressed.', 415);
  }
  const contentType = headers.get('content-type') ?? '';
  if (contentType === 'application/json') return;
  const [type = '', ...parameters] = (contentType.match(partOfType) ?? []).map(normalize);
  const charsets = parameters.filter((parameter) => parameter.startsWith('charset='));
  if (type !== 'application/json' || !charsets.every((charset) => /^charset="?utf-?8"?$/.test(charset))) {
    throw refuse('Send the operation as JSON in UTF-8, with the header Content-Type: application/json.', 415);
  }
}

/** No coding, or the one that changes nothing, or a list of these. */
const isIdentity = (encoding: string): boolean =>
  encoding.split(',').every((coding) => ['', 'identity'].includes(normalize(coding)));

/** A media type, or one of its parameters: each ends at a semicolon that is not between quotes. */
const partOfType = /(?:[^;"]|"[^"]*")+/g;

const normalize = (part: string): string => part.trim().toLowerCase();

const strayPercent = /%(?![0-9a-f]{2})/gi;

function readUrl(search: string): Record<string, unknown> {
  try {
    decodeURIComponent(search.replace(strayPercent, '%25'));
  } catch {
    // As in a body: with bad bytes replaced, an id could become another.
    throw refuse('The URL is not UTF-8.');
  }
  const parameters = new URLSearchParams(search);
  const json = (name: string): unknown => {
    const text = parameters.get(name);
    return text === null || text === '' ? null : parseJson(text, `The URL's parameter ${name} is not JSON.`);
  };
  return {
    query: parameters.get('query'),
    operationName: parameters.get('operationName'),
    documentId: parameters.get('documentId'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

function toParameters(given: unknown): GraphQLParameters {
  if (Array.isArray(given)) throw refuse('Batches are not supported: send one operation per request.');
  if (!isObject(given)) throw refuse('The body must be a JSON object with the operation as `query`.');
  // With a misspelt parameter, an operation could run without its variables.
  if (Object.keys(given).some((name) => !parameterNames.has(name))) {
    throw refuse(`A request may have only the parameters ${[...parameterNames].join(', ')}.`);
  }
  return {
    query: readString(given, 'query'),
    operationName: readName(given),
    variables: readObject(given, 'variables'),
    extensions: readObject(given, 'extensions'),
    documentId: readString(given, 'documentId'),
  };
}

/** Many clients send an empty name instead of none. */
function readName(given: Readonly<Record<string, unknown>>): string | null {
  const name = readString(given, 'operationName');
  return name === '' ? null : name;
}

const parameterNames: ReadonlySet<string> = new Set([
  'query',
  'operationName',
  'variables',
  'extensions',
  'documentId',
]);

function readString(given: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = given[name] ?? null;
  if (value !== null && typeof value !== 'string') throw refuse(`\`${name}\` must be a string.`);
  return value;
}

const none: Readonly<Record<string, unknown>> = {};

function readObject(given: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const value = given[name] ?? none;
  if (!isObject(value)) throw refuse(`\`${name}\` must be an object.`);
  return value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string, message: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(message);
  }
  if (escapedSurrogate.test(text) && leavesOf(value).some(isHalf)) {
    throw refuse('The request contains half of a surrogate pair, which is not valid text.');
  }
  return value;
}

const escapedSurrogate = /\\ud[89a-f]/i;

/** Half of a surrogate pair is no character: HSS would be sent another in its place. */
const isHalf = (value: unknown): boolean => typeof value === 'string' && !value.isWellFormed();

const refuse = (message: string, status = 400): Error => clientError('BAD_USER_INPUT', message, { http: { status } });
