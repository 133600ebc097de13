// POST /v5/{project_id}/asset/batch-modify-port-status
import { readEnterpriseView } from './enterprise-view.ts';
import type { SimulatedHost } from './hosts.ts';
import { readRows } from './hosts.ts';
import type { IgnoreTarget } from './ignore-state.ts';
import { toIgnoreKey } from './ignore-state.ts';
import type { Operation } from './operation.ts';
import { readPortStatusRequest } from './port-targets.ts';
import { createQueryReader } from './query-reader.ts';
import { Refusal } from './refusal.ts';
import { toRowKey } from './row-key.ts';

/** Ignores the ports of a batch, or stops ignoring them: all of those it knows, or none. */
export const modifyPortStatus: Operation = async ({ call, caller, hosts, ignoreState, switches }) => {
  const query = createQueryReader(call.query, switches);
  const isInSight = readEnterpriseView(query.text('enterprise_project_id', 256, 1), caller);
  const category = query.word('category', ['host', 'container']);
  if (category === null && switches.missingCategory === 'reject') throw new Refusal('HSS.0001');
  const { operateType, targets } = readPortStatusRequest(call.body);

  const inSight = [...hosts.values()].filter((host) => isInSight(host.enterpriseProjectId ?? '0'));
  const known = await findKnownKeys(targets, inSight, category ?? 'host');
  if (switches.unknownRow === 'reject' && targets.some((target) => !known.has(toIgnoreKey(target)))) {
    throw new Refusal('HSS.0011');
  }
  const isRepeat = operateType === 'ignore' && [...known].some((key) => ignoreState.isIgnored(key));
  if (switches.repeatedIgnore === 'reject' && isRepeat) throw new Refusal('HSS.1105');

  return {
    reply: switches.modifyBody === 'object' ? { status: 200, body: {} } : { status: 200 },
    apply() {
      if (operateType === null) return;
      for (const key of known) ignoreState.set(key, operateType === 'ignore', switches.ignoreDelayMs);
    },
  };
};

async function findKnownKeys(
  targets: readonly IgnoreTarget[],
  hosts: readonly SimulatedHost[],
  category: string,
): Promise<ReadonlySet<string>> {
  const wanted = new Set(targets.map(toIgnoreKey));
  const agents = new Set(targets.map(({ agentId }) => agentId));
  const known = new Set<string>();
  for (const host of hosts) {
    if (host.agentId !== undefined && !agents.has(host.agentId)) continue;
    for (const row of await readRows(host, category)) {
      const key = toRowKey(row);
      if (key !== null && wanted.has(key)) known.add(key);
    }
  }
  return known;
}
