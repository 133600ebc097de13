import { describe, expect, it } from 'vitest';
import { countWrites, toChunks, type PortChange, type RefusedPort } from '../../src/writes/port-change.ts';

const change = (port: number, fields: Partial<PortChange> = {}): PortChange => ({
  ...{ agentId: 'a', port, protocol: 'TCP', containerId: null, hostId: null },
  ...{ category: 'host', enterpriseProjectId: null },
  ...fields,
});
const changes = (count: number): PortChange[] => Array.from({ length: count }, (_, port) => change(port));
const refused: RefusedPort = {
  ...{ agentId: null, port: 1, protocol: null, containerId: null, hostId: null },
  refusal: 'Why.',
};

describe('the calls of a write', () => {
  it.each([
    [0, []],
    [1, [1]],
    [200, [200]],
    [201, [200, 1]],
    [401, [200, 200, 1]],
  ])('carry 200 targets at most: %i', (count, sizes) => {
    const targets = changes(count);
    const chunks = toChunks(targets);
    expect(chunks.map((chunk) => chunk.targets.length)).toEqual(sizes);
    expect(chunks.flatMap((chunk) => chunk.targets)).toEqual(targets);
    expect(countWrites(targets)).toBe(sizes.length);
  });

  it('carry equal targets once, as the first of them was given', () => {
    const first = change(1, { hostId: 'h' });
    const others: Partial<PortChange>[] = [{ agentId: 'b' }, { protocol: 'UDP' }, { containerId: 'c' }];
    const distinct = [first, change(2), ...others.map((fields) => change(1, fields))];
    const given = [...distinct, change(1, { hostId: 'i', enterpriseProjectId: 'ep' }), ...distinct];
    expect(toChunks(given)).toEqual([{ category: 'host', enterpriseProjectId: null, targets: distinct }]);
  });

  it('are of one category and one enterprise project each', () => {
    const targets = [
      change(1),
      change(2, { category: 'container' }),
      change(3, { enterpriseProjectId: 'ep' }),
      change(4, { category: 'container' }),
      change(5),
    ];
    const [one, two, three, four, five] = targets;
    expect(toChunks(targets)).toEqual([
      { category: 'host', enterpriseProjectId: null, targets: [one, five] },
      { category: 'container', enterpriseProjectId: null, targets: [two, four] },
      { category: 'host', enterpriseProjectId: 'ep', targets: [three] },
    ]);
  });

  it('carry nothing that HSS cannot be told of', () => {
    expect(toChunks([refused])).toEqual([]);
    expect(toChunks([refused, change(1)]).map((chunk) => chunk.targets)).toEqual([[change(1)]]);
  });
});
