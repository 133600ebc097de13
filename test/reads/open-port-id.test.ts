import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PortRow } from '../../src/hss/port-row.ts';
import { readOpenPortId, toOpenPortId, type OpenPortIdParts } from '../../src/reads/open-port-id.ts';
import { modelRow } from './port-list-model.ts';

const maxInt = 2 ** 31 - 1;
const text = (maxLength: number) => fc.string({ minLength: 1, maxLength });
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values);

const parts: fc.Arbitrary<OpenPortIdParts> = fc.record({
  hostId: text(128),
  category: fc.constantFrom('host', 'container'),
  enterpriseProjectId: orNull(text(256).filter((id) => id !== '0')),
  agentId: orNull(text(64)),
  containerId: orNull(text(64)),
  protocolText: orNull(text(10)),
  listenAddress: orNull(text(128)),
  port: orNull(fc.integer({ min: 0, max: maxInt })),
  pid: orNull(fc.integer({ min: 0, max: maxInt })),
  executablePath: orNull(text(256)),
  ordinal: fc.integer({ min: 0, max: maxInt }),
});

/** A JSON text as an id has it. */
const encode = (json: string): string => Buffer.from(json).toString('base64url');

/** The parts of an id, in their order. */
const own = [2, 'host', 'host', 'ep', 'agent', 'container', 'TCP', '0.0.0.0', 22, 7, '/bin/x', 0] as const;
const withPart = (index: number, value: unknown): string => encode(JSON.stringify(own.with(index, value as never)));

describe('an OpenPort.id', () => {
  it('says what it was made of', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(readOpenPortId(toOpenPortId(given))).toEqual(given);
      }),
    );
  });

  it('is the same for every status of a row, and another one for each other part', () => {
    const row: PortRow = { ...modelRow(0), containerId: 'c', enterpriseProjectId: 'ep' };
    const others: Partial<PortRow>[] = [
      { hostId: 'other' },
      { category: 'container' },
      { enterpriseProjectId: 'other' },
      { agentId: 'other' },
      { containerId: 'other' },
      { protocolText: 'UDP' },
      { listenAddress: '::' },
      { port: 2 },
      { pid: 2 },
      { executablePath: '/bin/y' },
      { ordinal: 1 },
    ];
    const ids = [{}, ...others].map((fields) => toOpenPortId({ ...row, ...fields }));
    expect(new Set(ids).size).toBe(ids.length);
    const sameRow = (['normal', 'danger', 'unknown', null] as const).map((status) => {
      const asRead: PortRow = { ...row, status };
      return toOpenPortId(asRead);
    });
    expect(new Set(sameRow)).toEqual(new Set([ids[0]]));
  });

  it("takes HSS's default enterprise project for none", () => {
    const row = modelRow(0);
    expect(toOpenPortId({ ...row, enterpriseProjectId: '0' })).toBe(toOpenPortId(row));
  });

  it('stays short, and tells long texts apart all the same', () => {
    const row = modelRow(0);
    for (const field of ['listenAddress', 'executablePath'] as const) {
      const ids = ['x', 'y'].map((end) => toOpenPortId({ ...row, [field]: 'a'.repeat(5_000) + end }));
      expect(ids[0]).not.toBe(ids[1]);
      expect(ids[0]!.length).toBeLessThan(400);
      expect(readOpenPortId(ids[0]!)).not.toBeNull();
    }
  });
});

describe('a text', () => {
  it.each<[what: string, index: number, value: unknown]>([
    ['host of 128 characters', 1, 'h'.repeat(128)],
    ['container as category', 2, 'container'],
    ['enterprise project of 256 characters', 3, 'e'.repeat(256)],
    ['missing enterprise project', 3, null],
    ['missing agent', 4, null],
    ['missing container', 5, null],
    ['missing protocol', 6, null],
    ['missing address', 7, null],
    ['missing port', 8, null],
    ['port 0', 8, 0],
    ['largest port', 8, maxInt],
    ['missing pid', 9, null],
    ['largest pid', 9, maxInt],
    ['missing path', 10, null],
    ['path that HSS has cut within a surrogate pair', 10, '/x\ud83d'],
    ['ordinal', 11, 3],
  ])('with a %s is an id', (_what, index, value) => {
    expect(Object.values(readOpenPortId(withPart(index, value)) ?? {})).toEqual(
      own.with(index, value as never).slice(1),
    );
  });

  it.each<[what: string, id: string]>([
    ['is empty', ''],
    ['is no base64', '!!!'],
    ['is no JSON', encode('x')],
    ['is no array', encode('{"0":2}')],
    ['is null', encode('null')],
    ['is of version 1', withPart(0, 1)],
    ['has no host', withPart(1, null)],
    ['has an empty host', withPart(1, '')],
    ['has a host of 129 characters', withPart(1, 'h'.repeat(129))],
    ['has a number for a host', withPart(1, 1)],
    ['has another category', withPart(2, 'vm')],
    ['has an empty enterprise project', withPart(3, '')],
    ['has an enterprise project of 257 characters', withPart(3, 'e'.repeat(257))],
    ['spells out the default enterprise project', withPart(3, '0')],
    ['has half of a surrogate pair in its host', withPart(1, 'h\ud800')],
    ['has half of a surrogate pair in its enterprise project', withPart(3, '\udc00')],
    ['has half of a surrogate pair in its agent', withPart(4, '\ud83d')],
    ['has half of a surrogate pair in its container', withPart(5, 'c\udfff')],
    ['has an empty agent', withPart(4, '')],
    ['has a number for a container', withPart(5, 1)],
    ['has a list for a protocol', withPart(6, ['TCP'])],
    ['has a path that is too long to stand in an id', withPart(10, 'p'.repeat(257))],
    ['has a text for a port', withPart(8, '22')],
    ['has a negative port', withPart(8, -1)],
    ['has half a port', withPart(8, 0.5)],
    ['has a port beyond 32 bits', withPart(8, maxInt + 1)],
    ['has no ordinal', withPart(11, null)],
    ['has a part too many', encode(JSON.stringify([...own, 1]))],
    ['has blanks between its parts', encode(JSON.stringify(own, null, 1))],
    ['is padded', `${Buffer.from(JSON.stringify(own)).toString('base64url')}=`],
    ['is longer than any id', withPart(4, 'a'.repeat(4_096))],
  ])('that %s is no id', (_what, id) => {
    expect(readOpenPortId(id)).toBeNull();
  });

  it('is an id up to 4,096 characters', () => {
    const ofLength = (length: number): string => {
      const rest = JSON.stringify(own.with(4, '' as never)).length;
      return withPart(4, 'a'.repeat((length * 3) / 4 - rest));
    };
    expect(ofLength(4_096)).toHaveLength(4_096);
    expect(readOpenPortId(ofLength(4_096))).not.toBeNull();
    expect(readOpenPortId(ofLength(4_100))).toBeNull();
  });
});
