import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drainDelayMs } from '../../src/process/signals.ts';

const text = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What `npm run bench:rolling-restart` sees at work. */
describe("HAProxy's configuration", () => {
  const checks = /timeout check (\d+)ms\n +default-server check inter (\d+)ms fastinter (\d+)ms fall (\d+) /;
  const [patience, between, soonAfter, refusals] = checks
    .exec(text('deploy/haproxy/haproxy.cfg'))!
    .slice(1)
    .map(Number);

  it('takes a gateway off the list while it says that it ends', () => {
    // Half of it is left for the answers.
    expect(between! + soonAfter! * (refusals! - 1)).toBeLessThan(drainDelayMs / 2);
  });

  it('takes none off for a check that is slow', () => {
    expect(refusals).toBeGreaterThan(1);
    expect(patience).toBeGreaterThan(between!);
  });
});
