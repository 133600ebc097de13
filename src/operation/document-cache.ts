import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Characters of documents; parsed, a document takes some fifty bytes for each. */
const maxCharacters = 1024 * 1024;
const maxDocuments = 1_000;

/** What Yoga remembers of documents, bounded by their size: their number alone would let a few large ones fill memory. */
export function createDocumentCache(): {
  documentCache: LRUCache<string, DocumentNode>;
  errorCache: LRUCache<string, object>;
} {
  return { documentCache: createCache(), errorCache: createCache() };
}

function createCache<T extends object>(): LRUCache<string, T> {
  return new LRUCache({
    max: maxDocuments,
    maxSize: maxCharacters,
    sizeCalculation: (_value, text) => Math.max(1, text.length),
  });
}
