import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { judge, sendRequest } from './judge.ts';
import { startMeasuredGateway } from './measured-gateway.ts';
import { requestClasses, type RequestClass } from './request-classes.ts';
import { findWorst } from './find-worst.ts';

/** What `calibrationMs` was (probe.mjs) on the machine of which a second is a second. */
const referenceCalibrationMs = 45;
const tries = 40;
const maxMiB = 400;

describe('the worst request that a search finds', () => {
  const table: Record<string, Readonly<Record<string, number>>> = {};

  afterAll(() => {
    console.table(table);
  });

  it.each(requestClasses.map((each): [string, RequestClass] => [each.name, each]))(
    'of %s holds nobody else up',
    async (name, { knobs, request, answer: answerOf }) => {
      const gateway = await startMeasuredGateway();
      onTestFinished(() => gateway.close());
      const { calibrationMs } = await gateway.measure();
      const maxStallMs = (1_000 * calibrationMs) / referenceCalibrationMs;
      const worst = { calibrationMs: Math.round(calibrationMs), stallMs: 0, bytes: 0, rssMiB: 0 };
      table[name] = worst;
      await findWorst(knobs, tries, async (turned) => {
        const sent = request(turned);
        gateway.simulator.clearFaults();
        if (answerOf) gateway.simulator.on({ answer: answerOf(turned) });
        const answer = await sendRequest(gateway.url, sent);
        judge(sent, answer);
        const { stallMs, rssMiB } = await gateway.measure();
        worst.stallMs = Math.max(worst.stallMs, Math.round(stallMs));
        worst.bytes = Math.max(worst.bytes, answer.bytes);
        worst.rssMiB = Math.max(worst.rssMiB, Math.round(rssMiB));
        expect(stallMs).toBeLessThan(maxStallMs);
        expect(rssMiB).toBeLessThan(maxMiB);
        return stallMs + answer.bytes / 2 ** 14;
      });
      expect(gateway.bugs).toEqual([]);
    },
  );
});
