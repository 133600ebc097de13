import { describe, expect, it } from 'vitest';
import { createDocumentCache } from '../../src/operation/document-cache.ts';
import { parse } from 'graphql';

describe('the memory of documents', () => {
  it('is bounded by their size', () => {
    const { documentCache } = createDocumentCache();
    const document = parse('{ __typename }');
    for (let index = 0; index < 100; index++)
      documentCache.set(`{ __typename } #${index}${'x'.repeat(100_000)}`, document);
    expect(documentCache.size).toBeLessThanOrEqual(10);
    documentCache.set('x'.repeat(2_000_000), document);
    expect(documentCache.get('x'.repeat(2_000_000))).toBeUndefined();
  });

  it('holds a thousand operations of usual size', () => {
    const { documentCache } = createDocumentCache();
    const document = parse('{ __typename }');
    for (let index = 0; index < 1_000; index++) documentCache.set(`${index}${'x'.repeat(1_000)}`, document);
    expect(documentCache.get(`0${'x'.repeat(1_000)}`)).toBe(document);
  });
});
