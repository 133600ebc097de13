import { describe, expect, it } from 'vitest';
import { createBreakers, type Breakers } from '../../src/hss/transport/breakers.ts';
import type { CircuitChange } from '../../src/hss/transport/circuit.ts';
import { HssError } from '../../src/hss/transport/errors.ts';
import { createKnownTenants } from '../../src/hss/transport/known-tenants.ts';
import { tenantOf } from '../support/tenant.ts';

/** How many are open, whatever they stand for. */
const openCircuits = (breakers: Breakers): number => Object.values(breakers.open()).reduce((sum, count) => sum + count);

describe('a breaker', () => {
  let now = 0;
  const changes: CircuitChange[] = [];
  const start = (): Breakers => {
    now = 0;
    changes.length = 0;
    const onCircuit = (change: CircuitChange): void => void changes.push(change);
    return createBreakers({ timeoutMs: 10_000, known: createKnownTenants(), onCircuit, clock: { now: () => now } });
  };
  const timeout = new HssError('timeout');
  /** An attempt, 100 ms after the one before; gives what it was answered. */
  const attempt = async (
    breakers: Breakers,
    caller: string,
    projectId: string,
    outcome: HssError | null,
    givenMs = 10_000,
  ): Promise<HssError | null> => {
    now += 100;
    const answer = () => (outcome ? Promise.reject(outcome) : Promise.resolve());
    return breakers.run(tenantOf(caller, projectId), givenMs, answer).then(
      () => null,
      (error: unknown) => error as HssError,
    );
  };
  const isRefused = (error: HssError | null): boolean => error?.retryAfterSeconds != null;
  const fail = async (breakers: Breakers, times: number, caller = 'c', projectId = 'p'): Promise<void> => {
    for (let failures = 0; failures < times; failures++) await attempt(breakers, caller, projectId, timeout);
  };

  it('is not opened by attempts that their operations gave too little time', async () => {
    const breakers = start();
    for (let failures = 0; failures < 50; failures++) await attempt(breakers, 'c', 'p', timeout, 1_000);
    expect(openCircuits(breakers)).toBe(0);
    await fail(breakers, 25);
    expect(openCircuits(breakers)).toBe(1);
  });

  it('is not opened by callers who leave', async () => {
    const breakers = start();
    for (let left = 0; left < 50; left++) await attempt(breakers, 'c', 'p', new HssError('caller-left'));
    expect(openCircuits(breakers)).toBe(0);
  });

  it('is not opened by many connections that are cut at once', async () => {
    const breakers = start();
    const cut = () => Promise.reject(new HssError('unavailable'));
    for (let failures = 0; failures < 50; failures++)
      await breakers.run(tenantOf('c', 'p'), 10_000, cut).catch(() => undefined);
    expect(openCircuits(breakers)).toBe(0);
  });

  it('waits twice as long for each probe that fails, up to half a minute', async () => {
    const breakers = start();
    await fail(breakers, 25);
    const waits: number[] = [];
    for (let probe = 0; probe < 7; probe++) {
      const refusal = await attempt(breakers, 'c', 'p', timeout);
      waits.push(refusal!.retryAfterSeconds!);
      now += refusal!.retryAfterSeconds! * 1_000;
      expect(isRefused(await attempt(breakers, 'c', 'p', timeout))).toBe(false);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
  });

  it('makes room for another probe when one is left by its caller', async () => {
    const breakers = start();
    await fail(breakers, 25);
    now += 1_000;
    expect(await attempt(breakers, 'c', 'p', new HssError('caller-left'))).toMatchObject({ kind: 'caller-left' });
    expect(await attempt(breakers, 'c', 'p', null)).toBeNull();
    expect(openCircuits(breakers)).toBe(0);
  });

  it('closes when those who could probe it never come back', async () => {
    const breakers = start();
    await fail(breakers, 25);
    expect(openCircuits(breakers)).toBe(1);
    now += 60_000;
    expect(openCircuits(breakers)).toBe(1);
    now += 60_000;
    await expect.poll(() => openCircuits(breakers)).toBe(0);
  });

  it('tells of each opening and closing once, and of whom', async () => {
    const breakers = start();
    for (let tenant = 0; tenant < 3; tenant++) await attempt(breakers, `caller-${tenant}`, `p${tenant}`, null);
    for (let round = 0; round < 40; round++) await attempt(breakers, `caller-${round % 3}`, `p${round % 3}`, timeout);
    now += 60_000;
    expect(await attempt(breakers, 'caller-0', 'p0', null)).toBeNull();
    expect(changes).toEqual([
      { isOpen: true, scope: 'hss', project: null, token: null },
      { isOpen: false, scope: 'hss', project: null, token: null },
    ]);
    changes.length = 0;
    await fail(breakers, 60, 'caller-9', 'p9');
    now += 120_000;
    await expect.poll(() => openCircuits(breakers)).toBe(0);
    const circuit = { scope: 'token', project: 'p9', token: 'caller-9' };
    expect(changes).toEqual([
      { isOpen: true, ...circuit },
      { isOpen: false, ...circuit },
    ]);
  });

  it('leaves everybody else alone, however many projects one caller names', async () => {
    const breakers = start();
    for (let round = 0; round < 50; round++) await attempt(breakers, 'sick', `p${round % 5}`, timeout);
    expect(await attempt(breakers, 'well', 'q', null)).toBeNull();
  });

  it('closes for all although one of those for whom it opened goes on failing', async () => {
    const breakers = start();
    for (let tenant = 0; tenant < 3; tenant++) await attempt(breakers, `c${tenant}`, `p${tenant}`, null);
    for (let round = 0; round < 30; round++) await attempt(breakers, `c${round % 3}`, `p${round % 3}`, timeout);
    expect(breakers.open().hss).toBe(1);
    expect(isRefused(await attempt(breakers, 'well', 'q', null))).toBe(true);
    // HSS is well again, but for one, who asks ten times as often as all the others.
    const refused: boolean[] = [];
    for (let second = 0; second < 30; second++) {
      for (let asked = 0; asked < 9; asked++) await attempt(breakers, 'c0', 'p0', timeout);
      refused.push(isRefused(await attempt(breakers, 'well', 'q', null)));
    }
    expect(refused.slice(5)).not.toContain(true);
    expect(breakers.open().hss).toBe(0);
  });

  it('opens for all by callers whom HSS has answered before, and by no others', async () => {
    const breakers = start();
    for (let round = 0; round < 60; round++) await attempt(breakers, `i${round}`, `q${round}`, timeout);
    expect(openCircuits(breakers)).toBe(0);
    for (let tenant = 0; tenant < 3; tenant++) await attempt(breakers, `c${tenant}`, `p${tenant}`, null);
    for (let round = 0; round < 25; round++) await attempt(breakers, `c${round % 3}`, `p${round % 3}`, timeout);
    expect(changes).toEqual([{ isOpen: true, scope: 'hss', project: null, token: null }]);
  });
});
