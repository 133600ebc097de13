import { describe, expect, it } from 'vitest';
import {
  countFailure,
  createCircuit,
  isToTrip,
  membershipsOf,
  trip,
  type Circuit,
} from '../../src/hss/transport/circuit.ts';
import { tenantOf } from '../support/tenant.ts';

const [ofHss, ofProject, ofToken] = membershipsOf(tenantOf('t', 'p')) as [never, never, never];

/** Failures of so many tenants of projects of their own, in turn. */
function fail(circuit: Circuit, failures: number, tenants: number, isSent = true): void {
  for (let failure = 0; failure < failures; failure++)
    countFailure(circuit, [`p${failure % tenants}`, `t${failure % tenants}`], isSent);
}

describe('a circuit', () => {
  it('opens half a second after its first failure, whenever that was', () => {
    const circuit = createCircuit(ofToken, 5_000);
    fail(circuit, 25, 1);
    expect([5_000, 5_499, 5_500, 9_000].map((now) => isToTrip(circuit, now))).toEqual([false, false, true, true]);
  });

  it('of what is shared opens by three members in each way of sharing, or where nothing reaches HSS', () => {
    const isOpenedBy = (tenants: number, isSent = true): boolean => {
      const circuit = createCircuit(ofHss, 0);
      fail(circuit, 25, tenants, isSent);
      return isToTrip(circuit, 1_000);
    };
    expect([isOpenedBy(2), isOpenedBy(3), isOpenedBy(1, false)]).toEqual([false, true, true]);
  });

  it('that is open trips anew when its probes fail, from their time on', () => {
    const circuit = createCircuit(ofProject, 0);
    fail(circuit, 25, 3);
    trip(circuit, 1_000);
    expect(circuit).toMatchObject({ probeAt: 2_000, trips: 1 });
    // What failed before it opened says nothing of its probes.
    expect(isToTrip(circuit, 2_000)).toBe(false);
    fail(circuit, 2, 2);
    expect(isToTrip(circuit, 2_000)).toBe(false);
    fail(circuit, 3, 3);
    expect([1_999, 2_000, 2_001].map((now) => isToTrip(circuit, now))).toEqual([false, true, true]);
    trip(circuit, 2_000);
    expect(circuit).toMatchObject({ probeAt: 4_000, trips: 2, unsent: 0 });
    // One connection that is not made is sign enough.
    fail(circuit, 1, 1, false);
    expect([3_999, 4_000].map((now) => isToTrip(circuit, now))).toEqual([false, true]);
  });
});
