import { describe, expect, it } from 'vitest';
import type { PortRow } from '../../src/hss/port-row.ts';
import { numberTwins, rowIdentity, textOrDigest, withoutRepeats } from '../../src/hss/row-identity.ts';
import { modelRow } from '../reads/port-list-model.ts';

const row: PortRow = { ...modelRow(0), containerId: 'c' };

describe('the identity of a row', () => {
  it('is its own, but for its status', () => {
    const others: Partial<PortRow>[] = [
      { agentId: 'other' },
      { containerId: null },
      { protocolText: 'UDP' },
      { listenAddress: '::' },
      { port: 99 },
      { pid: 99 },
      { executablePath: '/bin/y' },
      { ordinal: 1 },
    ];
    const identities = [{}, ...others].map((fields) => rowIdentity({ ...row, ...fields }));
    expect(new Set(identities).size).toBe(identities.length);
    const changed: PortRow = { ...row, status: 'danger' };
    expect(rowIdentity(changed)).toBe(rowIdentity(row));
  });

  it('may be that of another ordinal', () => {
    expect(rowIdentity(row, 3)).toBe(rowIdentity({ ...row, ordinal: 3 }));
  });

  it('tells long texts apart, and stays short', () => {
    for (const field of ['listenAddress', 'executablePath'] as const) {
      const [one, other] = ['x', 'y'].map((end) => rowIdentity({ ...row, [field]: 'a'.repeat(1_000) + end }));
      expect(one).not.toBe(other);
      expect(one!.length).toBeLessThan(200);
    }
  });
});

describe('a text of an identity', () => {
  it('is itself up to the 256 characters that HSS documents', () => {
    expect(textOrDigest(null)).toBeNull();
    expect(textOrDigest('a'.repeat(256))).toBe('a'.repeat(256));
  });

  it('is a digest beyond them, the same in every release', () => {
    expect(textOrDigest('a'.repeat(257))).toBe('sha256:6NlcwrS8GYxUtAvSFN-Vivtl9ec9LC6v4Fk89cY1wfA');
  });
});

describe('rows that nothing tells apart', () => {
  const numbered = (rows: readonly (PortRow | null)[]): (number | null)[] => {
    numberTwins(rows);
    return rows.map((one) => one?.ordinal ?? null);
  };

  it('are numbered from 0 on, each kind by itself', () => {
    const [x, y, far] = [
      () => ({ ...row }),
      () => ({ ...row, executablePath: '/bin/y' }),
      () => ({ ...row, pid: 99 }),
    ] as const;
    expect(numbered([x(), y(), far(), null, x(), y(), x(), far()])).toEqual([0, 0, 0, null, 1, 1, 2, 1]);
  });

  it('are numbered also where they have neither port nor pid', () => {
    const nothing = (): PortRow => ({ ...row, port: null, pid: null });
    expect(numbered([nothing(), nothing(), { ...nothing(), port: 0 }, { ...nothing(), pid: 0 }])).toEqual([0, 1, 0, 0]);
  });
});

describe('the rows of several reads', () => {
  it('are each there once, in the order in which they came', () => {
    const rows = [0, 1, 2].map(modelRow);
    const twin = { ...row, pid: 1, ordinal: 1 };
    const other = { ...modelRow(1), executablePath: '/bin/y' };
    const given = [...rows, other, { ...rows[1]! }, twin, { ...other }, { ...rows[0]! }, { ...twin }];
    expect(withoutRepeats(given)).toEqual([...rows, other, twin]);
  });

  it('are told apart though they differ in neither port nor pid', () => {
    const rows = ['a', 'b', 'c', 'b'].map((agentId): PortRow => ({ ...row, agentId, port: null, pid: null }));
    expect(withoutRepeats(rows)).toEqual(rows.slice(0, 3));
  });
});
