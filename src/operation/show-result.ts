import type { OperationResult } from '../http/graphql-response.ts';
import { shownCost } from './cost-extension.ts';
import type { OperationRecord } from './record.ts';

/** Bytes held by an operation, half HSS's answers and half its response, beyond which one string is too large. */
const largeBytes = 256 * 1024;

export interface ShowResultOptions {
  readonly isCostShown: boolean;
  readonly onSent: (record: OperationRecord) => void;
}

/** The result of an operation as its client gets it. */
export const createShowResult =
  ({ isCostShown, onSent }: ShowResultOptions) =>
  ({ data, errors, refusal }: OperationResult, record: OperationRecord): OperationResult => ({
    data,
    errors,
    extensions: isCostShown && refusal === null ? { cost: shownCost(record) } : undefined,
    refusal,
    isLarge: (record.cost.heldBytes ?? 0) > largeBytes,
    onSent: () => onSent(record),
  });
