import { groupBy } from '../group-by.ts';
import { maxTargets } from '../hss/bounds.ts';
import type { Category, Protocol } from '../hss/list-ports.ts';
import type { PortStatusChange, PortTarget } from '../hss/modify-port-status.ts';

/** One port of a change, and where HSS is to look for it. */
export interface PortChange extends PortTarget {
  readonly category: Category;
  readonly enterpriseProjectId: string | null;
}

/** A port that HSS cannot be told of, as far as it is known: it is rejected on its own, and not sent. */
export interface RefusedPort {
  readonly agentId: string | null;
  readonly port: number | null;
  readonly protocol: Protocol | null;
  readonly containerId: string | null;
  readonly hostId: string | null;
  /** Why, in words for the client. */
  readonly refusal: string;
}

export type Target = PortChange | RefusedPort;

export const isRefused = (target: PortTarget | RefusedPort): target is RefusedPort => 'refusal' in target;

/** What goes out in one call. */
export type Chunk = Omit<PortStatusChange, 'ignore'>;

/** To HSS, equal agent, port, protocol and container are one target. */
export const targetKey = ({ agentId, port, protocol, containerId }: PortTarget): string =>
  JSON.stringify([agentId, port, protocol, containerId]);

/** Distinct targets, at most 200 per chunk, each chunk of one category and enterprise project. */
export function toChunks(targets: readonly Target[]): Chunk[] {
  const distinct = new Map<string, PortChange>();
  for (const target of targets) {
    if (isRefused(target)) continue;
    const key = targetKey(target);
    if (!distinct.has(key)) distinct.set(key, target);
  }
  const scopes = groupBy([...distinct.values()], ({ category, enterpriseProjectId }) => [
    category,
    enterpriseProjectId,
  ]);
  return scopes.flatMap((scope) => {
    const [{ category, enterpriseProjectId }] = scope;
    const chunks: Chunk[] = [];
    for (let index = 0; index < scope.length; index += maxTargets)
      chunks.push({ category, enterpriseProjectId, targets: scope.slice(index, index + maxTargets) });
    return chunks;
  });
}

/** How many calls it takes to change these targets, without retries. */
export const countWrites = (targets: readonly Target[]): number => toChunks(targets).length;
