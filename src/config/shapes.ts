import { readFileSync } from 'node:fs';
import { isIP, isIPv6 } from 'node:net';
import { compile } from 'proxy-addr';
import * as z from 'zod';
import { isProjectId } from '../hss/project-id.ts';

/** Which values a setting takes, and how a variable's text is read as one. */
export interface Shape<Value, Option = Value> {
  /** The value that a text stands for, for `schema` to check; if it stands for none, anything that `schema` refuses. */
  readonly fromText: (text: string) => unknown;
  readonly schema: z.ZodType<Value, Option>;
}

const same = (text: string): string => text;

export function text(maxLength: number): Shape<string> {
  const schema = z.string('must be a string').max(maxLength, `may have ${maxLength} characters at most`);
  return { fromText: same, schema };
}

/** The last label of a name is not a number: what looks like an IPv4 address must be one. */
const hostName = /^(?:[\w-]+\.)*(?!\d+\.?$)[\w-]+\.?$/;

/** An address of this machine to listen on, or a name that stands for one. */
export function listenHost(): Shape<string> {
  const message = 'must be an IP address or a host name';
  const isHost = (value: string): boolean => isIP(value) !== 0 || (value.length <= 253 && hostName.test(value));
  return { fromText: same, schema: z.string(message).refine(isHost, message) };
}

export function integer(min: number, max: number): Shape<number> {
  const message = `must be a whole number from ${min} to ${max}`;
  return {
    fromText: (value) => (/^\d{1,9}$/.test(value) ? Number(value) : Number.NaN),
    schema: z.int(message).min(min, message).max(max, message),
  };
}

/** From 0 to 1. */
export function share(): Shape<number> {
  const message = 'must be a number from 0 to 1, for example 0.1';
  return {
    fromText: (value) => (/^\d?(\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN),
    schema: z.number(message).min(0, message).max(1, message),
  };
}

export function flag(): Shape<boolean> {
  const values: ReadonlyMap<string, boolean> = new Map([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ]);
  return { fromText: (value) => values.get(value), schema: z.boolean('must be true, false, 1 or 0') };
}

export function oneOf<const Word extends string>(words: readonly Word[]): Shape<Word> {
  return { fromText: same, schema: z.enum(words, `must be one of ${words.join(', ')}`) };
}

export function projectId(): Shape<string> {
  const message = 'must be a project id: 1 to 256 of A-Z a-z 0-9 . _ -';
  return { fromText: same, schema: z.string(message).refine(isProjectId, message) };
}

/** An HSS, or `simulator`. */
export function endpoint(): Shape<URL | null, URL | string> {
  const message = 'must be an http or https URL without credentials, query or fragment';
  return {
    fromText: same,
    schema: z
      .union([z.instanceof(URL), z.string()], message)
      .refine((value) => value === 'simulator' || isEndpoint(value), message)
      .refine((value) => !hasApiPath(value), 'must end before /v5: the gateway adds the path of the API')
      .transform((value) => (value === 'simulator' ? null : new URL(value))),
  };
}

/** As is usual, a proxy's URL may hold credentials. */
export function proxy(): Shape<URL, URL | string> {
  const message = 'must be the http or https URL of a proxy, without path, query or fragment';
  return {
    fromText: same,
    schema: z
      .union([z.instanceof(URL), z.string()], message)
      .refine((value) => isHttpUrl(value) && isOriginOnly(new URL(value)), message)
      .transform((value) => new URL(value)),
  };
}

/** Origins, `loopback`, or `*`; `none` is the empty list. */
export function origins(): Shape<readonly string[], readonly string[]> {
  const message = 'must be origins, separated by commas, or loopback, or *, or none';
  return { fromText: toList, schema: z.array(z.string(message).refine(isOrigin, message), message) };
}

/** Host names and addresses without a port, `loopback`, or `*`. Kept in the form that URLs use. */
export function hosts(): Shape<readonly string[], readonly string[]> {
  const message = 'must be host names without ports, separated by commas, or loopback, or *';
  const name = z.string(message).transform(toHostname).pipe(z.string(message));
  return { fromText: toList, schema: z.array(name, message).min(1, message) };
}

/** Addresses and networks, and proxy-addr's names for private ones. */
export function addresses(): Shape<readonly string[], readonly string[]> {
  const message = 'must be addresses or networks, separated by commas, or loopback, linklocal or uniquelocal';
  return { fromText: toList, schema: z.array(z.string(), message).refine(areAddresses, message) };
}

/** One or more secrets, each of visible ASCII: a header carries it. */
export function secrets(): Shape<readonly string[], string | readonly string[]> {
  const message = 'must be secrets of visible ASCII (they are sent in a header), separated by white space';
  return {
    fromText: same,
    schema: z
      .union([z.string(), z.array(z.string())], message)
      // A blank text is no secret, and must not let everybody in.
      .transform((value) => (typeof value === 'string' ? value.trim().split(/\s+/) : value))
      .pipe(z.array(z.string().regex(/^[!-~]+$/, message))),
  };
}

/** Documents by hash; as a text, the path of graphql-codegen's persisted-documents.json. */
export function documents(): Shape<ReadonlyMap<string, string>> {
  return {
    fromText: readManifest,
    schema: z.map(
      z.string(),
      z.string(),
      'must map hashes to documents: the path of a readable JSON object, or, as an option, a Map',
    ),
  };
}

const manifestShape = z.record(z.string(), z.string());

function readManifest(path: string): ReadonlyMap<string, string> | null {
  try {
    return new Map(Object.entries(manifestShape.parse(JSON.parse(readFileSync(path, 'utf8')))));
  } catch {
    return null;
  }
}

export function isHttpUrl(value: string | URL): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isEndpoint(value: string | URL): boolean {
  if (!isHttpUrl(value)) return false;
  const { username, password, search, hash } = new URL(value);
  return username + password + search + hash === '';
}

/** With such a path, every call would be NOT_FOUND. */
const hasApiPath = (value: string | URL): boolean => URL.canParse(value) && /\/v5(\/|$)/.test(new URL(value).pathname);

const isOriginOnly = ({ pathname, search, hash }: URL): boolean => pathname + search + hash === '/';

const toList = (value: string): string[] =>
  value === 'none'
    ? []
    : value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');

function isOrigin(value: string): boolean {
  // URL accepts `https://*.example`; here it would match no origin.
  return (
    value === '*' ||
    value === 'loopback' ||
    (!value.includes('*') && URL.canParse(value) && new URL(value).origin === value)
  );
}

/** The name in the form of `URL.hostname`, without the root dot; null if it is no name. */
function toHostname(name: string): string | null {
  if (name === '*') return name;
  const host = isIPv6(name) ? `[${name}]` : name;
  // A port, a path or credentials would be dropped silently.
  if (!/^(\[[\da-f:.]+\]|[^\s:/?#@\\*[\]]+)$/i.test(host) || !URL.canParse(`http://${host}`)) return null;
  // http/host.ts drops the root dot of a Host, too.
  return new URL(`http://${host}`).hostname.replace(/(?<=[^.])\.$/, '');
}

function areAddresses(values: string[]): boolean {
  try {
    compile(values);
    return true;
  } catch {
    return false;
  }
}
