import { clientError } from '../errors/client-error.ts';
import type { GraphQLParameters } from '../http/graphql-request.ts';
import type { Logger } from '../log.ts';
import type { Documents } from './documents.ts';

/** The text of the document that a request names; throws if there is none, or it is not served. */
export type FindDocument = (parameters: GraphQLParameters) => string;

/** The messages on which clients with automatic persisted queries send the text. */
const notSupported = 'PersistedQueryNotSupported';
const notFound = 'PersistedQueryNotFound';

/** Serves any document by its text. */
export function findAnyDocument({ query, documentId, extensions }: GraphQLParameters): string {
  const isNamed = documentId !== null || hashOf(extensions) !== null;
  // Some clients send an empty text beside the hash instead of none.
  if (query !== null && !(query === '' && isNamed)) return query;
  if (isNamed) throw refuse(notSupported);
  throw refuse('The request has no document: send one as `query`.');
}

const refuse = (message: string): Error => clientError('BAD_USER_INPUT', message, { http: { status: 400 } });

/** Serves only the documents of a manifest: by their hash, as APQ or `documentId`, or by their exact text. */
export function createTrustedDocuments(documents: ReadonlyMap<string, string>): FindDocument {
  const texts = new Set(documents.values());
  const byHash = (hash: string | null): string | undefined =>
    hash === null ? undefined : (documents.get(hash) ?? documents.get(hash.replace(/^sha256:/, '')));
  return ({ query, documentId, extensions }) => {
    const hash = hashOf(extensions);
    // A client that was refused sends the text beside the hash: the text may be known although the hash is not.
    const text = byHash(hash) ?? byHash(documentId) ?? query;
    if (text !== null && texts.has(text)) return text;
    const isHashAlone = (query === null || query === '') && (hash !== null || documentId !== null);
    const message = isHashAlone ? notFound : 'This gateway serves only known documents, and this is not one of them.';
    throw clientError('PERSISTED_QUERY_REQUIRED', message);
  };
}

/**
 * Reads the documents of a manifest at start, so that no first request waits for it, and warns of those that will not
 * be served: a manifest may be for a later schema than this one.
 */
export function prepareTrustedDocuments(trusted: ReadonlyMap<string, string>, documents: Documents, log: Logger): void {
  const refused = [...trusted].flatMap(([hash, text]) => {
    const [error] = documents.prepare(text);
    return error === undefined ? [] : [{ hash, reason: (error as Error).message }];
  });
  if (refused.length > 0) log.warn({ refused: refused.length, ...refused[0] }, 'trusted documents are refused');
}

/** @see https://www.apollographql.com/docs/apollo-server/performance/apq */
function hashOf(extensions: GraphQLParameters['extensions']): string | null {
  const { persistedQuery } = extensions as { persistedQuery?: { readonly sha256Hash?: unknown } | null };
  return typeof persistedQuery?.sha256Hash === 'string' ? persistedQuery.sha256Hash : null;
}
