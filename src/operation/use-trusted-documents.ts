import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { clientError } from '../errors/client-error.ts';

/** Serves only the documents of a manifest: by their hash, as APQ or `documentId`, or by their very text. */
export function useTrustedDocuments(documents: ReadonlyMap<string, string>): Plugin {
  const texts = new Set(documents.values());
  return {
    onParams({ request, params, setParams }) {
      const document = hashesOf(params, request.url)
        .map((hash) => documents.get(hash) ?? documents.get(hash.replace(/^sha256:/, '')))
        .find((text) => text !== undefined);
      // An APQ client sends the text beside a hash that was refused: the text may be known all the same.
      const query = document ?? params.query;
      if (query == null || !texts.has(query)) {
        throw clientError('PERSISTED_QUERY_REQUIRED', 'Only known documents are served here, and this is none.', {
          http: { status: 400, spec: true },
        });
      }
      setParams({ ...params, query });
    },
  };
}

/** Yoga reads no `documentId` from the URL of a GET. */
function hashesOf(params: GraphQLParams, url: string): string[] {
  const { documentId, extensions } = params as { documentId?: unknown; extensions?: PersistedQuery | null };
  const given = [extensions?.persistedQuery?.sha256Hash, documentId, new URL(url).searchParams.get('documentId')];
  return given.filter((hash) => typeof hash === 'string');
}

interface PersistedQuery {
  readonly persistedQuery?: { readonly sha256Hash?: unknown } | null;
}
