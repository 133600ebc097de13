import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Serves only the documents of a manifest: by their hash, as APQ or `documentId`, or by their very text. */
export function useTrustedDocuments(documents: ReadonlyMap<string, string>): Plugin {
  const texts = new Set(documents.values());
  return {
    onParams({ params, setParams }) {
      const hash = readHash(params);
      const query = hash === null ? params.query : documents.get(hash);
      if (query == null || !texts.has(query)) {
        throw new GraphQLError('Only known documents are served here, and this is none.', {
          extensions: { code: 'PERSISTED_QUERY_REQUIRED', http: { status: 400, spec: true } },
        });
      }
      setParams({ ...params, query });
    },
  };
}

function readHash(params: object): string | null {
  const { documentId, extensions } = params as {
    documentId?: unknown;
    extensions?: { persistedQuery?: { sha256Hash?: unknown } | null } | null;
  };
  const hash = extensions?.persistedQuery?.sha256Hash ?? documentId;
  return typeof hash === 'string' ? hash : null;
}
