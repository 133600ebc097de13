import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** The media types that a response to an operation can have; the first if a client accepts any. */
export const mediaTypes = ['application/json', 'application/graphql-response+json'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** A client may ask for the charset; both spellings are in use. */
const available = mediaTypes.flatMap((type) =>
  ['', '; charset=utf-8', '; charset=utf8'].map((charset) => type + charset),
);

/** Few values of `Accept` are in use, and judging one takes as long as parsing a small body. */
const known = new LRUCache<string, { readonly type: MediaType | null }>({ max: 200 });
const maxKnownLength = 500;
/** Clients send a few hundred characters. Judging 64 KiB of them takes longer than a large response. */
const maxJudgedLength = 4_096;

/**
 * The media type of a response, by the weights of `Accept`; null if the client accepts none of ours.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-Legacy-Watershed
 */
export function negotiate(accept: string | null): MediaType | null {
  // A header without a value asks for nothing in particular, like a missing one.
  if (accept === null || /^[\s,]*$/.test(accept)) return 'application/json';
  const before = known.get(accept);
  if (before) return before.type;
  const type = judge(accept);
  if (accept.length <= maxKnownLength) known.set(accept, { type });
  return type;
}

function judge(accept: string): MediaType | null {
  const [best] = negotiatorOf(accept).mediaTypes(available);
  return mediaTypes.find((type) => best?.startsWith(type)) ?? null;
}

/** Whether the client is a browser that opens a page. */
export function takesHtml(accept: string | null): boolean {
  if (accept === null) return false;
  return negotiatorOf(accept).mediaType([...mediaTypes, 'text/html']) === 'text/html';
}

/** Anything beyond the bound is ignored. */
function negotiatorOf(accept: string): Negotiator {
  const judged =
    accept.length <= maxJudgedLength ? accept : accept.slice(0, Math.max(0, accept.lastIndexOf(',', maxJudgedLength)));
  return new Negotiator({ headers: { accept: judged } });
}
