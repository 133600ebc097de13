import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tenant } from '../../src/hss/transport/tenant.ts';
import { HssError } from '../../src/hss/transport/errors.ts';
import { Cancellation } from '../../src/cancellation.ts';
import {
  createBulkhead,
  endOfFailure,
  type Bulkhead,
  type CallEnd,
  type Release,
} from '../../src/hss/transport/bulkhead.ts';
import { tenantOf } from '../support/tenant.ts';

/** Of a caller who never leaves. */
const patience = new Cancellation<HssError>();
const gone = new HssError('caller-left', { sent: false });
/** Of a caller who leaves in a moment. */
function leavingSoon(): Cancellation<HssError> {
  const cancellation = new Cancellation<HssError>();
  setTimeout(() => cancellation.cancel(gone), 50);
  return cancellation;
}

const ends: readonly CallEnd[] = ['answered', 'silent', null];

/** Lets promises that can settle do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What happens next to the calls: a new one comes, one that has its place ends, one that waits leaves. */
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('call' as const), token: fc.nat(3), project: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), index: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), index: fc.nat() }) },
);

/** How many of so many calls at once have a place. */
async function take(bulkhead: Bulkhead, tenant: Tenant, calls: number): Promise<number> {
  let held = 0;
  for (let call = 0; call < calls; call++) void bulkhead.acquire(tenant, patience).then(() => (held += 1));
  await settle();
  return held;
}

describe('the end of a call that failed', () => {
  it.each([
    ['answered by any status', new HssError('unavailable', { status: 503 }), 'answered'],
    ['answered where the status is of a timeout', new HssError('timeout', { status: 504 }), 'answered'],
    ['silent where it was sent, and nothing came in time', new HssError('timeout'), 'silent'],
    ['unknown where it was not sent in time', new HssError('timeout', { sent: false }), null],
    ['unknown where its connection broke', new HssError('unavailable'), null],
    ['unknown where its caller left', new HssError('caller-left'), null],
  ])('is %s', (_what, error, end) => {
    expect(endOfFailure(error)).toBe(end);
  });
});

describe('places', () => {
  it('are never held by more than there are, never lost, and come to everybody who waits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(event, { maxLength: 80 }), async (count, events) => {
        const bulkhead = createBulkhead(count, 1_000);
        const underWay: Release[] = [];
        const waiting = new Map<number, Cancellation<HssError>>();
        let served = 0;
        let left = 0;
        let calls = 0;
        const call = (token: number, project: number): void => {
          const id = calls++;
          const caller = new Cancellation<HssError>();
          waiting.set(id, caller);
          void bulkhead
            .acquire(tenantOf(`t${token}`, `p${project}`), caller)
            .then(
              (release) => {
                served += 1;
                underWay.push(release);
              },
              (error: unknown) => {
                expect(error).toBe(gone);
                left += 1;
              },
            )
            .finally(() => waiting.delete(id));
        };
        const end = (index: number): void => {
          const [release] = underWay.splice(index % Math.max(1, underWay.length), 1);
          const how = ends[index % ends.length] as CallEnd;
          release?.(how);
          // Twice is once.
          release?.(how);
        };
        for (const next of events) {
          if (next.kind === 'call') call(next.token, next.project);
          else if (next.kind === 'end') end(next.index);
          else [...waiting.values()][next.index % Math.max(1, waiting.size)]?.cancel(gone);
          await settle();
          expect(underWay.length).toBeLessThanOrEqual(count);
          expect(bulkhead.waiting()).toBe(waiting.size);
          // Nobody waits while nobody is served.
          if (underWay.length === 0) expect(waiting.size).toBe(0);
        }
        while (underWay.length > 0) {
          end(0);
          await settle();
        }
        expect(served + left).toBe(calls);
        expect(bulkhead.waiting()).toBe(0);
        // Every place is there again: tenants whom HSS has answered have one each.
        for (let tenant = 0; tenant < count; tenant++) {
          const known = tenantOf(`u${tenant}`, `q${tenant}`);
          (await bulkhead.acquire(known, patience))('answered');
          void bulkhead.acquire(known, patience).then((release) => underWay.push(release));
        }
        await settle();
        expect(underWay).toHaveLength(count);
      }),
      { numRuns: 200 },
    );
  });

  it('are left to others while one tenant asks for all, whether HSS has answered it or not', async () => {
    const counts = fc.integer({ min: 5, max: 200 });
    await fc.assert(
      fc.asyncProperty(counts, fc.boolean(), fc.boolean(), async (count, isAnswered, isSameProject) => {
        const bulkhead = createBulkhead(count, 10_000);
        const greedy = tenantOf('greedy', 'p');
        if (isAnswered) (await bulkhead.acquire(greedy, patience))('answered');
        const held = await take(bulkhead, greedy, 2 * count);
        expect(held).toBeGreaterThanOrEqual(Math.floor(count * (isAnswered ? 0.8 : 0.5)));
        await bulkhead.acquire(tenantOf('modest', isSameProject ? 'p' : 'q'), leavingSoon());
      }),
    );
  });

  it('are left to other projects, however many tokens of one HSS has answered', async () => {
    const bulkhead = createBulkhead(50, 10_000);
    let held = 0;
    for (let token = 0; token < 20; token++) {
      const tenant = tenantOf(`t${token}`, 'p');
      const release = await bulkhead.acquire(tenant, leavingSoon()).catch(() => null);
      release?.('answered');
      held += await take(bulkhead, tenant, 50);
    }
    expect(held).toBe(45);
    expect(await take(bulkhead, tenantOf('u', 'q'), 1)).toBe(1);
  });

  it('are held by tenants on probation to a half, and to three quarters by one call each', async () => {
    const bulkhead = createBulkhead(50, 10_000);
    const good = tenantOf('good', 'q');
    (await bulkhead.acquire(good, patience))('answered');
    const held: number[] = [];
    for (let tenant = 0; tenant < 20; tenant++)
      held.push(await take(bulkhead, tenantOf(`t${tenant}`, `p${tenant}`), 50));
    expect(held).toEqual([25, ...Array<number>(12).fill(1), ...Array<number>(7).fill(0)]);
    // Of the quarter that is left the one that HSS has answered has all but a fifth.
    expect(await take(bulkhead, good, 50)).toBe(11);
  });

  it('come to a tenant on probation as to others from its first answer on, until HSS is silent again', async () => {
    const bulkhead = createBulkhead(10, 1_000);
    const tenant = tenantOf('t', 'p');
    const underWay: Release[] = [];
    for (let call = 0; call < 50; call++) void bulkhead.acquire(tenant, patience).then((place) => underWay.push(place));
    const heldAfter = async (end: CallEnd): Promise<number> => {
      underWay.shift()?.(end);
      await settle();
      return underWay.length;
    };
    await settle();
    expect(underWay).toHaveLength(5);
    expect(await heldAfter(null)).toBe(5);
    expect(await heldAfter('answered')).toBe(8);
    expect(await heldAfter('answered')).toBe(8);
    // Its calls go on; new ones wait until less than half of the places are held on probation.
    expect(await heldAfter('silent')).toBe(7);
    expect(await heldAfter(null)).toBe(6);
    expect(await heldAfter(null)).toBe(5);
    expect(await heldAfter(null)).toBe(5);
  });

  it('go round among those who wait, not to the one who waits most', async () => {
    const bulkhead = createBulkhead(1, 100);
    const release = await bulkhead.acquire(tenantOf('first', 'p'), patience);
    const order: string[] = [];
    const wait = (caller: string): Promise<void> =>
      bulkhead.acquire(tenantOf(caller, 'p'), patience).then((end) => {
        order.push(caller);
        end('answered');
      });
    const waits = ['a', 'a', 'a', 'a', 'b', 'c'].map(wait);
    release(null);
    await Promise.all(waits);
    expect(order).toEqual(['a', 'b', 'c', 'a', 'a', 'a']);
  });

  it('are not waited for by who has gone, nor by more than the queue holds', async () => {
    const bulkhead = createBulkhead(1, 4);
    const tenant = tenantOf('t', 'p');
    const release = await bulkhead.acquire(tenant, patience);
    const caller = new Cancellation<HssError>();
    const late = bulkhead.acquire(tenant, caller);
    const waits = [bulkhead.acquire(tenant, patience)];
    await expect(bulkhead.acquire(tenant, patience)).rejects.toMatchObject({
      kind: 'busy',
      reason: 'QUEUE_FULL',
      sent: false,
      retryAfterSeconds: 1,
    });
    // Somebody else still finds room.
    waits.push(bulkhead.acquire(tenantOf('u', 'p'), patience));
    caller.cancel(gone);
    await expect(late).rejects.toBe(gone);
    await expect(bulkhead.acquire(tenant, caller)).rejects.toBe(gone);
    release(null);
    for (const wait of waits) (await wait)(null);
    expect(bulkhead.waiting()).toBe(0);
  });

  it('have room in the queue for as many calls of one tenant as half of it holds', async () => {
    const bulkhead = createBulkhead(1, 10);
    const tenant = tenantOf('t', 'p');
    await bulkhead.acquire(tenantOf('first', 'p'), patience);
    expect([5, 6].map((calls) => bulkhead.hasRoom(tenant, calls))).toEqual([true, false]);
    void bulkhead.acquire(tenant, patience);
    expect([4, 5].map((calls) => bulkhead.hasRoom(tenant, calls))).toEqual([true, false]);
    void bulkhead.acquire(tenantOf('u', 'p'), patience);
    expect([4, 5].map((calls) => bulkhead.hasRoom(tenant, calls))).toEqual([true, false]);
  });

  it('have room in the queue for an operation as a whole, or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.nat(40), fc.integer({ min: 1, max: 40 }), async (others, own, calls) => {
        const bulkhead = createBulkhead(1, 40);
        const tenant = tenantOf('t', 'p');
        await bulkhead.acquire(tenantOf('first', 'p'), patience);
        const refused: unknown[] = [];
        const wait = (tokenDigest: string, count: number): void => {
          for (let call = 0; call < count; call++)
            bulkhead.acquire(tenantOf(tokenDigest, 'p'), patience).catch((error: unknown) => refused.push(error));
        };
        wait('u', others);
        wait('t', own);
        await settle();
        const before = refused.length;
        const hasRoom = bulkhead.hasRoom(tenant, calls);
        wait('t', calls);
        await settle();
        expect(hasRoom).toBe(refused.length === before);
      }),
    );
  });
});
