import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createDocuments } from '../../src/operation/documents.ts';
import { schema } from '../../src/schema/index.ts';

const settings = { maxPageLimit: 1_000, maxWholeListRows: 2_000, enterpriseProjectId: null };

/** Documents before an engine that counts what it reads. */
function start() {
  let reads = 0;
  const engine = {
    read: () => {
      reads += 1;
      return parse('{ __typename }');
    },
  };
  const documents = createDocuments({ engine, schema, settings, maxReads: 100 });
  return { readsOf: (text: string) => (documents.operation(text, null), reads) };
}

describe('the memory of documents', () => {
  it('is bounded by their size', () => {
    const { readsOf } = start();
    const large = (index: number): string => `{ __typename } #${index}${'x'.repeat(100_000)}`;
    for (let index = 0; index < 100; index++) readsOf(large(index));
    expect(readsOf(large(99))).toBe(100);
    expect(readsOf(large(0))).toBe(101);
    const larger = 'x'.repeat(2_000_000);
    expect(readsOf(larger)).toBe(102);
    expect(readsOf(larger)).toBe(103);
  });

  it('holds a thousand operations of usual size', () => {
    const { readsOf } = start();
    for (let index = 0; index < 1_000; index++) readsOf(`${index}${'x'.repeat(1_000)}`);
    expect(readsOf(`0${'x'.repeat(1_000)}`)).toBe(1_000);
  });

  it('prepares some operations of one document, and forgets them for others', () => {
    const names = Array.from({ length: 9 }, (_, index) => `q${index}`);
    const text = names.map((name) => `query ${name} { __typename }`).join(' ');
    const documents = createDocuments({ engine: { read: parse }, schema, settings, maxReads: 100 });
    const prepared = names.slice(0, 8).map((name) => documents.operation(text, name));
    expect(documents.operation(text, 'q0')).toBe(prepared[0]);
    expect(documents.operation(text, 'q8').name).toBe('q8');
    expect(documents.operation(text, 'q0')).not.toBe(prepared[0]);
  });

  it('has what it reads of documents that differ in strings from their shape alone', () => {
    const read: string[] = [];
    const engine = {
      read: (text: string) => {
        read.push(text);
        return parse(text);
      },
    };
    const documents = createDocuments({ engine, schema, settings, maxReads: 100 });
    const ask = (...texts: readonly string[]): string[] => {
      for (const text of texts) documents.operation(text, null);
      return read.splice(0);
    };
    const hosts = ['{ host(id: "one") { id } }', '{ host(id: "other") { id } }'] as const;
    // The first of its shape stands for itself: it may have no second.
    expect(ask(hosts[0], hosts[0])).toEqual([hosts[0]]);
    expect(ask(hosts[1], '{ host(id: "third") { id } }', ...hosts)).toEqual(['{ host(id: "0") { id } }']);
    // A string decides more here: the shape is read once, and each document once.
    const types = ['{ __type(name: "Host") { name } }', '{ __type(name: "Query") { name } }'] as const;
    expect(ask(...types, ...types)).toEqual([types[0], '{ __type(name: "0") { name } }', types[1]]);
    const long = `query ${'q'.repeat(300_000)} { host(id: "h") { id } }`;
    expect(ask(long, long)).toEqual([long]);
  });
});
