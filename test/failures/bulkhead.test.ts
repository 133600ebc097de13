import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HssError } from '../../src/hss/transport/errors.ts';
import { createBulkhead } from '../../src/hss/transport/bulkhead.ts';

const patience = { waitMs: 60_000, signal: null };

/** Lets promises that can settle do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What happens next to the calls: a new one comes, one that has its place ends, one that waits leaves. */
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('call' as const), token: fc.nat(3), project: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), index: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), index: fc.nat() }) },
);

describe('places', () => {
  it('are never held by more than there are, never lost, and come to everybody who waits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(event, { maxLength: 80 }), async (count, events) => {
        const bulkhead = createBulkhead(count, 1_000);
        const underWay: (() => void)[] = [];
        const waiting = new Map<number, AbortController>();
        let served = 0;
        let left = 0;
        let calls = 0;
        const call = (token: number, project: number): void => {
          const id = calls++;
          const caller = new AbortController();
          waiting.set(id, caller);
          void bulkhead
            .acquire({ tokenDigest: `t${token}`, projectId: `p${project}` }, { waitMs: 60_000, signal: caller.signal })
            .then(
              (release) => {
                served += 1;
                underWay.push(release);
              },
              (error: unknown) => {
                expect((error as HssError).kind).toBe('caller-left');
                left += 1;
              },
            )
            .finally(() => waiting.delete(id));
        };
        const end = (index: number): void => {
          const [release] = underWay.splice(index % Math.max(1, underWay.length), 1);
          release?.();
          // Twice is once.
          release?.();
        };
        for (const next of events) {
          if (next.kind === 'call') call(next.token, next.project);
          else if (next.kind === 'end') end(next.index);
          else [...waiting.values()][next.index % Math.max(1, waiting.size)]?.abort();
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
        // Every place is there again: as many tenants as there are places get one each, at once.
        for (let tenant = 0; tenant < count; tenant++) call(100 + tenant, 100 + tenant);
        await settle();
        const most = underWay.length;
        expect(most).toBe(count);
      }),
      { numRuns: 200 },
    );
  });

  it('are left to others while one tenant asks for all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 200 }), fc.boolean(), async (count, sameProject) => {
        const bulkhead = createBulkhead(count, 10_000);
        const settled: unknown[] = [];
        for (let call = 0; call < 2 * count; call++)
          void bulkhead
            .acquire({ tokenDigest: 'greedy', projectId: 'p' }, patience)
            .then((place) => settled.push(place));
        await settle();
        expect(settled.length).toBeGreaterThanOrEqual(Math.floor(count / 2));
        await bulkhead.acquire(
          { tokenDigest: 'modest', projectId: sameProject ? 'p' : 'q' },
          { ...patience, waitMs: 50 },
        );
      }),
    );
  });

  it('all come to one tenant, for as long as its calls end within a second', async () => {
    let now = 0;
    const bulkhead = createBulkhead(10, 1_000, { now: () => now });
    const tenant = { tokenDigest: 't', projectId: 'p' };
    const underWay: (() => void)[] = [];
    for (let call = 0; call < 50; call++) void bulkhead.acquire(tenant, patience).then((place) => underWay.push(place));
    const heldAfter = async (ms: number): Promise<number> => {
      now += ms;
      underWay.shift()?.();
      await settle();
      return underWay.length;
    };
    await settle();
    expect(underWay).toHaveLength(6);
    expect(await heldAfter(999)).toBe(10);
    // The oldest has been under way for a second: what lies beyond its share is for others, again.
    expect(await heldAfter(1)).toBe(9);
  });

  it('go round among those who wait, not to the one who waits most', async () => {
    const bulkhead = createBulkhead(1, 100);
    const release = await bulkhead.acquire({ tokenDigest: 'first', projectId: 'p' }, patience);
    const order: string[] = [];
    const wait = (caller: string): Promise<void> =>
      bulkhead.acquire({ tokenDigest: caller, projectId: 'p' }, patience).then((end) => {
        order.push(caller);
        end();
      });
    const waits = ['a', 'a', 'a', 'a', 'b', 'c'].map(wait);
    release();
    await Promise.all(waits);
    expect(order).toEqual(['a', 'b', 'c', 'a', 'a', 'a']);
  });

  it('are not waited for beyond the deadline, nor by more than the queue holds', async () => {
    const bulkhead = createBulkhead(1, 4);
    const tenant = { tokenDigest: 't', projectId: 'p' };
    const release = await bulkhead.acquire(tenant, patience);
    const late = bulkhead.acquire(tenant, { waitMs: 10, signal: null });
    const waits = [bulkhead.acquire(tenant, patience)];
    await expect(bulkhead.acquire(tenant, patience)).rejects.toMatchObject({
      kind: 'busy',
      reason: 'QUEUE_FULL',
      retryAfterSeconds: 1,
    });
    // Somebody else still finds room.
    waits.push(bulkhead.acquire({ tokenDigest: 'u', projectId: 'p' }, patience));
    await expect(late).rejects.toMatchObject({ kind: 'queue-timeout', reason: 'QUEUE_TIMEOUT', sent: false });
    await expect(bulkhead.acquire(tenant, { waitMs: 0, signal: null })).rejects.toMatchObject({
      kind: 'queue-timeout',
    });
    await expect(bulkhead.acquire(tenant, { waitMs: 9, signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'caller-left',
      sent: false,
    });
    release();
    for (const wait of waits) (await wait)();
    expect(bulkhead.waiting()).toBe(0);
  });
});
