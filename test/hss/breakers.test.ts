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
  const unsent = new HssError('unavailable', { sent: false });
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

  it('tells whether HSS answers: not at first, and no longer after three failures in a row', async () => {
    const breakers = start();
    expect(breakers.isAnswering()).toBeNull();
    await attempt(breakers, 'c', 'p', new HssError('caller-left'));
    expect(breakers.isAnswering()).toBeNull();
    for (const isAnswering of [true, true, false, false]) {
      await fail(breakers, 1);
      expect(breakers.isAnswering()).toBe(isAnswering);
    }
    // Who leaves has no answer, either.
    await attempt(breakers, 'c', 'p', new HssError('caller-left'));
    expect(breakers.isAnswering()).toBe(false);
    await attempt(breakers, 'c', 'p', null);
    expect(breakers.isAnswering()).toBe(true);
    await fail(breakers, 2);
    expect(breakers.isAnswering()).toBe(true);
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

  it('opens by the twenty-fifth failure in a row, and half a second after the first at the earliest', async () => {
    const breakers = start();
    await fail(breakers, 24);
    expect(openCircuits(breakers)).toBe(0);
    await fail(breakers, 1);
    expect(breakers.open()).toEqual({ hss: 0, project: 0, token: 1 });

    const soon = start();
    const run = (): Promise<unknown> =>
      soon.run(tenantOf('c', 'p'), 10_000, () => Promise.reject(timeout)).catch(() => null);
    for (let failures = 0; failures < 30; failures++) await run();
    now = 499;
    await run();
    expect(openCircuits(soon)).toBe(0);
    now = 500;
    await run();
    expect(openCircuits(soon)).toBe(1);
  });

  it('opens at once for all three where no connection is made, whoever asks', async () => {
    const breakers = start();
    for (let failures = 0; failures < 25; failures++) await attempt(breakers, 'stranger', 'p', unsent);
    expect(breakers.open()).toEqual({ hss: 1, project: 1, token: 1 });
    expect(isRefused(await attempt(breakers, 'another', 'q', null))).toBe(true);
  });

  it('opens for a project by three of its tokens that HSS has answered, and not by two', async () => {
    const tokens = async (count: number): Promise<Breakers> => {
      const breakers = start();
      for (let token = 0; token < count; token++) await attempt(breakers, `c${token}`, 'p', null);
      for (let round = 0; round < 30; round++) await attempt(breakers, `c${round % count}`, 'p', timeout);
      return breakers;
    };
    expect((await tokens(2)).open()).toMatchObject({ hss: 0, project: 0 });
    // One project alone is no sign of HSS's own health.
    expect((await tokens(3)).open()).toMatchObject({ hss: 0, project: 1 });
  });

  it('refuses for the time that is left, as what was not sent', async () => {
    const breakers = start();
    await fail(breakers, 25);
    const tenant = tenantOf('c', 'p');
    const refusalAt = (ms: number): unknown => {
      now = ms;
      try {
        breakers.admit(tenant);
        return null;
      } catch (error) {
        return error;
      }
    };
    // It opened at 2.5 s, for a second.
    expect(refusalAt(2_500)).toMatchObject({
      kind: 'unavailable',
      sent: false,
      reason: 'CIRCUIT_OPEN',
      retryAfterSeconds: 1,
    });
    expect(refusalAt(3_499)).toMatchObject({ retryAfterSeconds: 1 });
    expect(refusalAt(3_500)).toBeNull();
    // Somebody else may go on all the while.
    now = 2_500;
    expect(() => breakers.admit(tenantOf('d', 'p'))).not.toThrow();
  });

  it('lets one probe out, and refuses the others for a second until it has ended', async () => {
    const breakers = start();
    await fail(breakers, 25);
    now += 30_000;
    let end = (): void => undefined;
    const tenant = tenantOf('c', 'p');
    const probe = breakers.run(tenant, 10_000, () => new Promise<void>((resolve) => (end = resolve)));
    expect(await attempt(breakers, 'c', 'p', null)).toMatchObject({ reason: 'CIRCUIT_OPEN', retryAfterSeconds: 1 });
    end();
    await probe;
    expect(await attempt(breakers, 'c', 'p', null)).toBeNull();
    expect(openCircuits(breakers)).toBe(0);
  });

  it.each([
    ['a refusal of HSS', new HssError('forbidden', { status: 403 })],
    ['500', new HssError('unavailable', { status: 500 })],
    ['a throttle', new HssError('rate-limited', { status: 429 })],
    ['another 200 than is documented', new HssError('bad-response', { status: 200 })],
    ['an answer that is too large', new HssError('too-large')],
  ])('counts failures in a row: %s between them is an answer', async (_what, answer) => {
    const breakers = start();
    await fail(breakers, 24);
    expect(await attempt(breakers, 'c', 'p', answer)).toBe(answer);
    await fail(breakers, 24);
    expect(openCircuits(breakers)).toBe(0);
    await fail(breakers, 1);
    expect(openCircuits(breakers)).toBe(1);
  });

  it.each([
    ['silence', new HssError('timeout')],
    ['a reset', new HssError('unavailable')],
    ['502', new HssError('unavailable', { status: 502 })],
    ['503', new HssError('unavailable', { status: 503 })],
    ['504', new HssError('timeout', { status: 504 })],
  ])('opens by %s', async (_what, outcome) => {
    const breakers = start();
    for (let failures = 0; failures < 25; failures++) await attempt(breakers, 'c', 'p', outcome);
    expect(openCircuits(breakers)).toBe(1);
  });

  it('learns from silence where an attempt had half of the usual time, and from 504 however little it had', async () => {
    const openAfter = async (outcome: HssError, givenMs: number): Promise<number> => {
      const breakers = start();
      for (let failures = 0; failures < 25; failures++) await attempt(breakers, 'c', 'p', outcome, givenMs);
      return openCircuits(breakers);
    };
    expect(await openAfter(timeout, 4_999)).toBe(0);
    expect(await openAfter(timeout, 5_000)).toBe(1);
    expect(await openAfter(new HssError('timeout', { status: 504 }), 1)).toBe(1);
    expect(await openAfter(new HssError('unavailable'), 1)).toBe(1);
  });

  it('learns nothing from an error that is no failure of HSS', async () => {
    const breakers = start();
    await fail(breakers, 24);
    const bug = new TypeError('a bug');
    const run = breakers.run(tenantOf('c', 'p'), 10_000, () => Promise.reject(bug));
    await expect(run).rejects.toBe(bug);
    await fail(breakers, 1);
    expect(openCircuits(breakers)).toBe(1);
  });

  it('gives the value of the attempt', async () => {
    const run = start().run(tenantOf('c', 'p'), 10_000, () => Promise.resolve(7));
    expect(await run).toBe(7);
  });

  it('probes what all share although its own circuit was never open', async () => {
    const breakers = start();
    for (let tenant = 0; tenant < 3; tenant++) await attempt(breakers, `c${tenant}`, `p${tenant}`, null);
    for (let round = 0; round < 30; round++) await attempt(breakers, `c${round % 3}`, `p${round % 3}`, timeout);
    expect(breakers.open()).toEqual({ hss: 1, project: 0, token: 0 });
    now += 60_000;
    expect(await attempt(breakers, 'well', 'q', null)).toBeNull();
    expect(breakers.open()).toEqual({ hss: 0, project: 0, token: 0 });
  });

  it('is probed alone by a token whose own it is, so that others may probe what all share', async () => {
    const breakers = start();
    for (let failures = 0; failures < 25; failures++) await attempt(breakers, 'sick', 'p', unsent);
    expect(breakers.open()).toEqual({ hss: 1, project: 1, token: 1 });
    now += 1_000;
    let end = (): void => undefined;
    const probe = breakers.run(tenantOf('sick', 'p'), 10_000, () => new Promise<void>((resolve) => (end = resolve)));
    // A probe of what all share keeps everybody else out until it has ended.
    let endOther = (): void => undefined;
    const other = breakers.run(
      tenantOf('well', 'q'),
      10_000,
      () => new Promise<void>((resolve) => (endOther = resolve)),
    );
    expect(isRefused(await attempt(breakers, 'third', 'r', null))).toBe(true);
    endOther();
    await other;
    expect(breakers.open()).toEqual({ hss: 0, project: 1, token: 1 });
    end();
    await probe;
    expect(breakers.open()).toEqual({ hss: 0, project: 0, token: 0 });
  });

  it('is probed by one who has failed without a circuit of its own being open, and by nobody beside it', async () => {
    const breakers = start();
    for (let tenant = 0; tenant < 4; tenant++) await attempt(breakers, `c${tenant}`, `p${tenant}`, null);
    for (let round = 0; round < 30; round++) await attempt(breakers, `c${round % 3}`, `p${round % 3}`, timeout);
    expect(breakers.open()).toEqual({ hss: 1, project: 0, token: 0 });
    now += 60_000;
    let end = (): void => undefined;
    const probe = breakers.run(tenantOf('c0', 'p0'), 10_000, () => new Promise<void>((resolve) => (end = resolve)));
    expect(isRefused(await attempt(breakers, 'c3', 'p3', null))).toBe(true);
    end();
    await probe;
  });

  it('refuses with the longest of the times of several', async () => {
    const breakers = start();
    await fail(breakers, 25);
    for (const seconds of [1, 2, 4]) {
      now += seconds * 1_000;
      await fail(breakers, 1);
    }
    // The token's own is open for 8 s now, and what all share for one.
    for (let failures = 0; failures < 25; failures++)
      await breakers.run(tenantOf('other', 'q'), 10_000, () => Promise.reject(unsent)).catch(() => undefined);
    now += 500;
    await attempt(breakers, 'other', 'q', unsent);
    expect(breakers.open()).toMatchObject({ hss: 1, token: 2 });
    expect(await attempt(breakers, 'c', 'p', null)).toMatchObject({ retryAfterSeconds: 8 });
  });

  it('forgets a failure after twice the longest time between two probes, and an attempt', async () => {
    const openAfter = async (ms: number): Promise<number> => {
      const breakers = start();
      await fail(breakers, 24);
      now += ms - 100;
      await fail(breakers, 1);
      return openCircuits(breakers);
    };
    expect(await openAfter(70_000)).toBe(1);
    expect(await openAfter(70_100)).toBe(0);
  });
});
