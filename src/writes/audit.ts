import { toOperateType, type OperateType } from '../hss/modify-port-status.ts';
import type { Failure, Outcome } from './outcome.ts';
import type { Target } from './port-change.ts';

/** The result of a write, for the audit log. */
export interface Audit {
  readonly operateType: OperateType;
  /** Chunks of distinct targets, including those that were not sent. */
  readonly chunks: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
  /** Why targets were not accepted, each kind once. */
  readonly kinds: readonly Failure['kind'][];
  /** Every target as given, in order, and what became of it. */
  readonly results: readonly AuditedTarget[];
}

export interface AuditedTarget {
  readonly target: Target;
  readonly outcome: Outcome;
}

export function toAudit(ignore: boolean, chunks: number, results: readonly AuditedTarget[]): Audit {
  const count = (result: Outcome['result']): number =>
    results.filter(({ outcome }) => outcome.result === result).length;
  const kinds = results.flatMap(({ outcome }) => (outcome.result === 'accepted' ? [] : [outcome.error.kind]));
  return {
    operateType: toOperateType(ignore),
    chunks,
    accepted: count('accepted'),
    rejected: count('rejected'),
    unknown: count('unknown'),
    kinds: [...new Set(kinds)],
    results,
  };
}
