import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Characters of documents; parsed, a document takes some fifty bytes for each. */
const mostCharacters = 1024 * 1024;
const mostDocuments = 1_000;

/** What Yoga remembers of documents, bounded by their size: their number alone would let a few large ones fill memory. */
export function createDocumentCache(): {
  documentCache: LRUCache<string, DocumentNode>;
  errorCache: LRUCache<string, object>;
} {
  return { documentCache: createCache(), errorCache: createCache() };
}

function createCache<T extends object>(): LRUCache<string, T> {
  return new LRUCache({
    max: mostDocuments,
    maxSize: mostCharacters,
    sizeCalculation: (_value, text) => Math.max(1, text.length),
  });
}
