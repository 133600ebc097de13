import { describe, expect, it } from 'vitest';
import { listPortsEndpoint } from '../../src/hss/list-ports.ts';
import type { HssError } from '../../src/hss/transport/errors.ts';
import { createThrottles } from '../../src/hss/transport/throttles.ts';
import { tenantOf } from '../support/tenant.ts';

const tenant = tenantOf('t', 'p');

/** A memory on a clock of its own. */
function start() {
  let now = 0;
  const throttles = createThrottles({ now: () => now });
  return {
    pass: (seconds: number) => (now += seconds * 1000),
    left: (): number | null => {
      try {
        throttles.admit(tenant, listPortsEndpoint);
        return null;
      } catch (error) {
        expect(error).toMatchObject({ kind: 'rate-limited', sent: false });
        return (error as HssError).retryAfterSeconds;
      }
    },
    throttled: (retryAfterSeconds: number | null) => throttles.throttled(tenant, listPortsEndpoint, retryAfterSeconds),
  };
}

describe('a throttle', () => {
  it('lasts 5 s where no time is named, however often it comes', () => {
    const { pass, left, throttled } = start();
    expect(left()).toBeNull();
    for (let time = 0; time < 3; time++) {
      throttled(null);
      expect(left()).toBe(5);
      pass(3.5);
      expect(left()).toBe(2);
      pass(1.5);
      expect(left()).toBeNull();
    }
  });

  it('lasts as long as is named, up to ten minutes; the longest that is named counts', () => {
    const { left, throttled } = start();
    throttled(0);
    expect(left()).toBeNull();
    throttled(30);
    throttled(10);
    throttled(null);
    expect(left()).toBe(30);
    throttled(86_400);
    expect(left()).toBe(600);
  });
});
