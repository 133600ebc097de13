import { describe, expect, it } from 'vitest';
import { listPortsEndpoint } from '../../src/hss/list-ports.ts';
import { createThrottles } from '../../src/hss/transport/throttles.ts';
import { tenantOf } from '../support/tenant.ts';

const tenant = tenantOf('t', 'p');

/** A memory on a clock of its own. */
function start() {
  let now = 0;
  const throttles = createThrottles({ now: () => now });
  return {
    pass: (seconds: number) => (now += seconds * 1000),
    left: () => throttles.secondsLeft(tenant, listPortsEndpoint),
    throttled: (retryAfterSeconds: number | null = null) =>
      throttles.throttled(tenant, listPortsEndpoint, retryAfterSeconds),
    passed: () => throttles.passed(tenant, listPortsEndpoint),
  };
}

describe('a throttle without a named time', () => {
  it('lasts 5 s, and twice as long each time that it goes on, up to a minute', () => {
    const { pass, left, throttled } = start();
    const lasted = [];
    for (let time = 0; time < 6; time++) {
      throttled();
      lasted.push(left());
      pass(left()!);
      expect(left()).toBeNull();
    }
    expect(lasted).toEqual([5, 10, 20, 40, 60, 60]);
  });

  it('is one, however many calls meet it', () => {
    const { pass, left, throttled } = start();
    for (let call = 0; call < 100; call++) throttled();
    expect(left()).toBe(5);
    pass(3.5);
    throttled();
    expect(left()).toBe(2);
  });

  it('begins anew after a call that was answered, and after a minute of nothing', () => {
    for (const forget of ['answered', 'quiet']) {
      const { pass, left, throttled, passed } = start();
      throttled();
      pass(5);
      throttled();
      // One in force may be younger than the call that was answered.
      passed();
      expect(left()).toBe(10);
      pass(10);
      if (forget === 'answered') passed();
      else pass(61);
      throttled();
      expect(left()).toBe(5);
    }
  });
});

describe('a throttle with a named time', () => {
  it('lasts as long, up to ten minutes; the longest that is named counts', () => {
    const { left, throttled } = start();
    throttled(30);
    throttled(10);
    expect(left()).toBe(30);
    throttled(86_400);
    expect(left()).toBe(600);
  });
});
