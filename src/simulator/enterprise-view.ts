import { Refusal } from './refusal.ts';
import type { Caller } from './tokens.ts';

/** Whether an enterprise project's hosts are visible. */
export type EnterpriseView = (enterpriseProjectId: string) => boolean;

/** Reads `enterprise_project_id`: left out, it means only the default project, whose id is `0`. */
export function readEnterpriseView(requested: string | null, caller: Caller): EnterpriseView {
  const granted = caller.enterpriseProjects;
  if (requested === 'all_granted_eps') {
    // A user who has only one enterprise project must name it.
    if (granted?.length === 1) throw new Refusal('HSS.0013');
    return (id) => granted === null || granted.includes(id);
  }
  const wanted = requested === null || requested === '' ? '0' : requested;
  if (granted !== null && !granted.includes(wanted)) throw new Refusal('HSS.0013');
  return (id) => id === wanted;
}
