import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPieces } from '../../src/http/json-pieces.ts';

const textOf = (value: unknown): string => Buffer.concat(jsonPieces(value)).toString();

describe('JSON in pieces', () => {
  it('is that of JSON.stringify', () => {
    const json = fc.jsonValue({ stringUnit: 'binary', depthSize: 'medium' });
    const isEqual = (value: unknown): boolean => textOf(value) === JSON.stringify(value);
    fc.assert(fc.property(json, isEqual), { numRuns: 2_000 });
  });

  it('leaves out what is undefined, and takes any key', () => {
    const list = JSON.parse('[{"__proto__":[1],"then":[],"":{"a":[{}]}}]') as unknown;
    const value = { errors: undefined, data: list, extensions: undefined };
    expect(textOf(value)).toBe(JSON.stringify(value));
    expect(textOf({ a: undefined, b: { c: undefined } })).toBe('{"b":{}}');
  });

  it('has none that is large, wherever the lists lie that make it so', () => {
    const row = { path: 'ö'.repeat(60), host: { id: 'h' }, port: 1 };
    const nodes = Array.from({ length: 5_000 }, () => row);
    const value = { data: { hosts: [{ ports: { nodes } }, { ports: { nodes } }], port: nodes.map((node) => [node]) } };
    value.data.hosts.unshift(null as never, { ports: null as never });
    const pieces = jsonPieces(value);
    expect(Buffer.concat(pieces).toString()).toBe(JSON.stringify(value));
    expect(pieces.length).toBeGreaterThan(20);
    for (const piece of pieces) expect(piece.length).toBeLessThan(192 * 1024);
  });
});
