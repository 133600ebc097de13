import { Refusal } from './refusal.ts';
import type { SimulatedToken, SimulatorSwitches } from './switches.ts';

/** What a token lets its user see; null: everything. */
export interface Caller {
  readonly enterpriseProjects: readonly string[] | null;
}

const tokenLimit = 32_768;

/** Admits a request by its token, or refuses it as the gateway in front of HSS does. */
export function admit(header: string | string[] | undefined, projectId: string, switches: SimulatorSwitches): Caller {
  const token = typeof header === 'string' ? header : '';
  if (token === '') {
    throw new Refusal('APIGW.0301', 401, 'Incorrect IAM authentication information: x-auth-token not found');
  }
  if (token.length > tokenLimit) throw new Refusal('HSS.0001');
  if (switches.strictTokens === null) return { enterpriseProjects: null };

  const known = switches.strictTokens.find((candidate) => candidate.token === token);
  if (!known) throw new Refusal('APIGW.0301', 401);
  if (known.expired) throw new Refusal('APIGW.0307', 401);
  if (known.projects && !known.projects.includes(projectId)) {
    throw switches.foreignProject === '403' ? new Refusal('APIGW.0302', 403) : new Refusal('HSS.0013');
  }
  return { enterpriseProjects: known.enterpriseProjects ?? null };
}

/** Tokens for trying a strict simulator by hand: one for each thing that can be wrong with a token. */
export const demoTokens: readonly SimulatedToken[] = [
  { token: 'demo-token' },
  { token: 'expired-token', expired: true },
  { token: 'finance-token', enterpriseProjects: ['ep-finance'] },
  { token: 'foreign-token', projects: ['another-project'] },
];
