import { describe, expect, it } from 'vitest';
import type { PortStatusChange } from '../../src/hss/modify-port-status.ts';
import { HssError } from '../../src/hss/transport/errors.ts';
import type { Audit } from '../../src/writes/audit.ts';
import { createChangePortStatus } from '../../src/writes/change-port-status.ts';
import type { PortChange, RefusedPort, Target } from '../../src/writes/port-change.ts';
import { portsOf } from './set-port-ignore.ts';

const changes = portsOf('host-10000', 1_001).map((port): PortChange => ({
  ...port,
  hostId: null,
  containerId: null,
  category: 'host',
  enterpriseProjectId: null,
}));
const refusedPort: RefusedPort = {
  agentId: null,
  port: 22,
  protocol: 'TCP6',
  containerId: null,
  hostId: 'h',
  refusal: 'HSS takes TCP and UDP here.',
};

/** Changes ports of an HSS whose answer to each call is `answer`'s; tells what reached it. */
async function change(targets: readonly Target[], answer: (call: number) => Promise<void> = () => Promise.resolve()) {
  const sent: PortStatusChange[] = [];
  const audits: Audit[] = [];
  const bugs: unknown[] = [];
  const changePortStatus = createChangePortStatus(
    { modifyPortStatus: (sentChange) => answer(sent.push(sentChange)) },
    { onChanged: (audit) => audits.push(audit), onFailure: () => undefined, onBug: (bug) => bugs.push(bug) },
  );
  const outcomes = await changePortStatus(true, targets);
  return { outcomes, sent, audits, bugs };
}

describe('a port that HSS cannot be told of', () => {
  it('is rejected by itself, in its place, and not sent', async () => {
    const [a, b] = changes as [PortChange, PortChange];

    const { outcomes, sent, audits } = await change([a, refusedPort, b, refusedPort]);

    const rejection = {
      result: 'rejected',
      error: { kind: 'invalid', message: refusedPort.refusal, retryAfterSeconds: null },
    };
    expect(outcomes).toEqual([{ result: 'accepted' }, rejection, { result: 'accepted' }, rejection]);
    expect(sent.map(({ targets }) => targets)).toEqual([[a, b]]);
    expect(audits).toMatchObject([{ accepted: 2, rejected: 2, unknown: 0, kinds: ['invalid'], chunks: 1 }]);
  });

  it('makes no call where there is no other', async () => {
    const { outcomes, sent, audits } = await change([refusedPort]);

    expect(outcomes.map(({ result }) => result)).toEqual(['rejected']);
    expect(sent).toEqual([]);
    expect(audits).toMatchObject([{ chunks: 0, rejected: 1 }]);
  });
});

describe('a bug', () => {
  it.each([1, 3])('in call %i leaves its targets unknown, and loses no other outcome', async (call) => {
    const bug = new TypeError('a bug');

    const { outcomes, sent, audits, bugs } = await change(changes, (number) =>
      number === call ? Promise.reject(bug) : Promise.resolve(),
    );

    const from = (call - 1) * 200;
    expect(outcomes.map(({ result }) => result)).toEqual(
      changes.map((_, index) => (index >= from && index < from + 200 ? 'unknown' : 'accepted')),
    );
    expect(outcomes[from]).toMatchObject({ error: { kind: 'bug', message: 'Unexpected error.' } });
    expect(sent).toHaveLength(6);
    expect(bugs).toEqual([bug]);
    expect(audits).toMatchObject([{ accepted: 801, rejected: 0, unknown: 200, kinds: ['bug'] }]);
  });
});

describe('the audit of a write', () => {
  it('names every target as given, equal ones too, with its outcome', async () => {
    const [a] = changes as [PortChange];

    const { audits, outcomes } = await change([a, refusedPort, a]);

    expect(audits.map(({ results }) => results)).toEqual([
      [a, refusedPort, a].map((target, index) => ({ target, outcome: outcomes[index] })),
    ]);
  });
});

describe('the calls of a write', () => {
  it('are the first one alone, then up to four side by side', async () => {
    const answers: (() => void)[] = [];
    const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const done = change(changes, () => new Promise((resolve) => answers.push(resolve)));
    const sentAfter: number[] = [];
    for (let answered = 0; answered < 6; answered++) {
      await settle();
      sentAfter.push(answers.length);
      answers[answered]!();
    }
    expect(sentAfter).toEqual([1, 5, 6, 6, 6, 6]);
    expect((await done).outcomes.every(({ result }) => result === 'accepted')).toBe(true);
  });

  it('end with the first where HSS does not accept the token: the write fails, and is audited', async () => {
    const denial = new HssError('unauthenticated', { status: 401 });
    const sent: PortStatusChange[] = [];
    const audits: Audit[] = [];
    const failures: HssError[] = [];
    const changePortStatus = createChangePortStatus(
      {
        modifyPortStatus: (sentChange) => {
          sent.push(sentChange);
          return Promise.reject(denial);
        },
      },
      {
        onChanged: (audit) => audits.push(audit),
        onFailure: (error) => failures.push(error),
        onBug: () => expect.unreachable(),
      },
    );
    await expect(changePortStatus(false, changes)).rejects.toBe(denial);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ ignore: false });
    expect(failures).toEqual([denial]);
    expect(audits).toMatchObject([
      { operateType: 'not_ignore', chunks: 6, accepted: 0, rejected: 1_001, kinds: ['unauthenticated'] },
    ]);
  });

  it.each([
    ['a refusal that does not concern the token', new HssError('forbidden', { status: 403 })],
    ['a token that was refused before', new HssError('unauthenticated', { sent: false })],
    ['an error that is none of HSS', Object.assign(new Error('a bug'), { status: 401 })],
  ])('go on after %s', async (_what, error) => {
    const { outcomes, sent } = await change(changes, (call) =>
      call === 1 ? Promise.reject(error) : Promise.resolve(),
    );
    expect(sent).toHaveLength(6);
    expect(outcomes.filter(({ result }) => result === 'accepted')).toHaveLength(801);
  });

  it('are decided on each by its own answer, whatever a later one says of the token', async () => {
    const { outcomes, sent } = await change(changes, (call) =>
      call === 2 ? Promise.reject(new HssError('unauthenticated', { status: 401 })) : Promise.resolve(),
    );
    expect(sent).toHaveLength(6);
    expect(outcomes.filter(({ result }) => result === 'rejected')).toHaveLength(200);
  });

  it('tell how many ports HSS refused together, where they were several', async () => {
    const { outcomes } = await change(changes, (call) =>
      call >= 5 ? Promise.reject(new HssError('invalid', { status: 400 })) : Promise.resolve(),
    );
    expect(outcomes.at(-2)).toMatchObject({
      error: { message: expect.stringContaining('200 ports together') as string },
    });
    expect(outcomes.at(-1)).toMatchObject({ error: { message: 'HSS refused the request as invalid.' } });
  });
});
