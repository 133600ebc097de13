import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protocols, type Status } from '../../src/hss/list-ports.ts';
import { narrow } from '../../src/reads/list-view.ts';
import { needsWholeList, toListView, toPortList, type ListArguments } from '../../src/schema/open-port-filter.ts';

const settings = { maxPageLimit: 1_000, maxWholeListRows: 2_000, enterpriseProjectId: null };

/** What the reading makes of arguments that it accepts; null where they contradict each other, and nothing is read. */
function isReadWhole(args: ListArguments): boolean | null {
  const list = toPortList({ id: 'host' }, args, settings);
  const view = toListView(args);
  if (view === null) return false;
  const narrowed = narrow(list, view);
  return narrowed && narrowed.view !== null;
}

const statuses: readonly Status[] = ['normal', 'danger', 'unknown'];
/** Mostly left out or null, so that what one argument asks for is not hidden behind what the others do. */
const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ arbitrary: value, weight: 1 }, { arbitrary: fc.constantFrom(null, undefined), weight: 3 });
const oneOf = <T>(values: readonly T[]) => rarely(fc.constantFrom(...values));
const someOf = <T>(values: readonly T[], max: number) =>
  rarely(fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: max }));

/** Few values: a list often holds one of them several times, or the one that is filtered by beside it. */
const filter = fc.record({
  port: oneOf([22, 443]),
  protocol: oneOf(protocols),
  status: oneOf(statuses),
  portNumbers: someOf([22, 443], 4),
  protocols: someOf(protocols, 4),
  statuses: someOf(statuses, 3),
  executablePathContains: oneOf(['ssh']),
  listenAddresses: someOf(['::', ''], 2),
});
const listArguments: fc.Arbitrary<ListArguments> = fc.record({
  filter: fc.oneof({ arbitrary: filter, weight: 9 }, { arbitrary: fc.constantFrom(null, undefined), weight: 1 }),
  orderBy: rarely(fc.array(fc.constant({ field: 'port' as const }), { maxLength: 2 })),
});

describe('the estimate of whether a list is needed whole', () => {
  it('says what reading the list comes to, whatever its filters and orders', () => {
    const seen = new Set<boolean | null>();
    fc.assert(
      fc.property(listArguments, (given) => {
        const isWhole = isReadWhole(given);
        seen.add(isWhole);
        if (isWhole !== null) expect(needsWholeList(given)).toBe(isWhole);
      }),
      { numRuns: 2_000 },
    );
    expect(seen).toEqual(new Set([true, false, null]));
  });
});
