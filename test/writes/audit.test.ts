import { describe, expect, it } from 'vitest';
import { toAudit, type AuditedTarget } from '../../src/writes/audit.ts';
import { accepted, interrupted, refused, type Outcome } from '../../src/writes/outcome.ts';

const throttled: Outcome = {
  result: 'rejected',
  error: { kind: 'rate-limited', message: 'HSS is throttling requests.', retryAfterSeconds: 5 },
};

const resultOf = (outcome: Outcome, port: number): AuditedTarget => ({
  target: {
    ...{ agentId: 'a', port, protocol: 'TCP', containerId: null, hostId: null },
    ...{ category: 'host', enterpriseProjectId: null },
  },
  outcome,
});

describe('the audit of a write', () => {
  it('counts each outcome, and names each reason once', () => {
    const outcomes = [accepted, refused('a'), throttled, interrupted, accepted, accepted, interrupted, refused('b')];
    const results = outcomes.map(resultOf);
    expect(toAudit(true, 3, results)).toEqual({
      operateType: 'ignore',
      chunks: 3,
      accepted: 3,
      rejected: 3,
      unknown: 2,
      kinds: ['invalid', 'rate-limited', 'bug'],
      results,
    });
  });

  it('tells whether ports are ignored no longer', () => {
    expect(toAudit(false, 0, [])).toEqual({
      operateType: 'not_ignore',
      ...{ chunks: 0, accepted: 0, rejected: 0, unknown: 0, kinds: [], results: [] },
    });
  });
});
