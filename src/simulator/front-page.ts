import type { SimulatedHost } from './hosts.ts';
import { operations } from './operations.ts';
import type { Reply } from './reply.ts';
import type { SimulatorSwitches } from './switches.ts';
import { demoTokens } from './tokens.ts';

/** The page at `/`, which HSS does not have: what a person who opens its address can ask for. */
export function frontPage(hosts: Iterable<SimulatedHost>, { strictTokens }: SimulatorSwitches): Reply {
  const known = [...hosts];
  const width = Math.max(0, ...known.map(({ hostId }) => hostId.length));
  // Tokens given on the command line may be real: only the demo tokens are shown.
  const shown = demoTokens.filter((token) => strictTokens?.includes(token)).map(({ token }) => token);
  const body = [
    'A simulator of HSS. Its ports are invented, but for those of this-machine.',
    '',
    ...operations.map(({ method, name, query }) => `${method.padEnd(4)} /v5/{project_id}/asset/${name}${query}`),
    '',
    'Project: any.',
    `X-Auth-Token: ${strictTokens === null ? 'any, such as demo-token' : ['those it was started with', ...shown].join(', ')}.`,
    '',
    'Hosts:',
    ...known.map(({ hostId, about = '' }) => `  ${hostId.padEnd(width)}  ${about}`.trimEnd()),
    '',
  ].join('\n');
  return { status: 200, contentType: 'text/plain; charset=utf-8', body };
}
