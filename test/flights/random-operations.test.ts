import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startCallers, type Callers, type Sent } from './callers.ts';
import type { Answer } from './held-hss.ts';
import { createModel } from './model.ts';

const token = fc.constantFrom('alice', 'bob');
const project = fc.constantFrom('p', 'q');
const answer = fc.constantFrom<Answer>('true', 'true', 'reset', { status: 503 }, { status: 403 }, { status: 401 });

/** What happens next; an index counts around what there is. */
const event = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('read' as const), token, project, host: fc.constantFrom('h', 'i') }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('write' as const), token, project }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('leave' as const), index: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('answer' as const), index: fc.nat(), how: answer }) },
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

const at = <T>(items: readonly T[], index: number): T | undefined => items[index % Math.max(1, items.length)];

/** Does what is to happen, and holds what reaches HSS and what comes back against the model. */
async function play({ hss, read, write }: Callers, events: readonly Event[]): Promise<void> {
  const model = createModel();
  const operations: Sent[] = [];
  const before = hss.calls.length;
  // Nothing of an earlier round is known to this one.
  const own = (name: string): string => `${name}-${before}`;
  const held = (index: number) => hss.calls[before + index]!;

  async function answerCall(index: number, how: Answer): Promise<void> {
    const call = at(model.underWay, index);
    if (!call) return;
    const isRetryable = how === 'reset' || (how !== 'true' && how.status === 503);
    // Who is tried again after a write would join who came after it: when, only the clock knows.
    const given = isRetryable && call.host !== null && !call.isOpen ? 'true' : how;
    held(call.index).answer(given);
    if (model.answer(call, given)) await hss.arrived(before + model.calls - 1);
    for (const operation of call.riders.keys()) await operations[operation]!.outcome;
  }

  for (const next of events) {
    const operation = operations.length;
    if (next.kind === 'read') {
      model.read(operation, next.token, own(next.project), next.host);
      operations.push(await read(next.token, own(next.project), next.host));
    } else if (next.kind === 'write') {
      model.write(operation, next.token, own(next.project));
      operations.push(await write(next.token, own(next.project)));
    } else if (next.kind === 'answer') {
      await answerCall(next.index, next.how);
    } else {
      const waiting = model.underWay.flatMap((call) => (call.host === null ? [] : [...call.riders.keys()]));
      const leaver = at(waiting, next.index);
      if (leaver === undefined) continue;
      const call = model.underWay.find(({ riders }) => riders.has(leaver))!;
      const isEnded = model.leave(leaver);
      await operations[leaver]!.leave();
      await eventually(() => {
        expect(held(call.index).isAborted()).toBe(isEnded);
      });
    }
    if (model.calls > 0) await hss.arrived(before + model.calls - 1);
    expect(hss.calls.length - before).toBe(model.calls);
    for (const call of model.underWay)
      expect(held(call.index)).toMatchObject({ token: call.token, project: call.project, host: call.host });
  }
  while (model.underWay.length > 0) await answerCall(0, 'true');

  const outcomes = await Promise.all(operations.map(({ outcome }) => outcome));
  // The row of a read tells the number of its call among all.
  const told = outcomes.map((outcome) => outcome.replace(/ \d+$/, (serial) => ` ${Number(serial) - before}`));
  expect(told).toEqual(operations.map((_, index) => model.outcomes.get(index)));
}

it('operations of several tokens, whatever fails, leaves or writes between, come to what the rules say, by no call more', async () => {
  const callers = await startCallers();
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 25 }), (events) => play(callers, events)),
    { numRuns: 25, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false, endOnFailure: true },
  );
}, 240_000);
