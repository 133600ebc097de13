import { hssError } from './error-replies.ts';
import type { HostFault } from './host-faults.ts';
import { isRead, readsFrom, writesPort } from './host-faults.ts';
import type { SimulatedHost } from './hosts.ts';
import { toAgentId } from './hosts.ts';
import { throttled } from './middlebox.ts';
import { rehearsedPorts, toRows } from './sample-rows.ts';
import { sizedHost } from './sized-host.ts';

/** Hosts with which frontend developers can rehearse failures without writing code. */
export function createRehearsalHosts(): readonly SimulatedHost[] {
  return [
    rehearsal('throttled', 'reads are throttled: 429, Retry-After: 30', 40, [
      { when: isRead, answer: throttled('30') },
    ]),
    rehearsal('slow', 'reads take 3 seconds', 40, [{ when: isRead, answer: { delayMs: 3_000 } }]),
    rehearsal('timeout', 'reads are never answered', 40, [{ when: isRead, answer: 'hang' }]),
    rehearsal('forbidden', 'reads are refused: 400 HSS.0013', 40, [{ when: isRead, answer: hssError('HSS.0013') }]),
    rehearsal('broken-halfway', '1,000 ports; reads that come to row 400 fail: 500 HSS.0041', 1_000, [
      { when: readsFrom(400), answer: hssError('HSS.0041', 500) },
    ]),
    rehearsal('long', '12,000 ports, of which total_num counts 10,000', 12_000),
    rehearsal('empty', 'no ports', 0),
    ignoringHost(),
  ];
}

function rehearsal(name: string, about: string, count: number, faults: readonly HostFault[] = []): SimulatedHost {
  return { ...sizedHost(`rehearse-${name}`, '10.0.9.1', count), about, faults };
}

function ignoringHost(): SimulatedHost {
  const hostId = 'rehearse-ignoring';
  const agentId = toAgentId(hostId);
  const rows = toRows(hostId, agentId, rehearsedPorts);
  return {
    hostId,
    hostName: `ecs-${hostId}`,
    hostIp: '10.0.9.2',
    agentId,
    about: 'ignoring its ports is accepted, slow, rejected, unknown or impossible: their paths say which',
    rows: rows.map((row) => (row.path === '/opt/rehearse/no-agent' ? { ...row, agent_id: '' } : row)),
    faults: [
      { when: writesPort(8002), answer: { delayMs: 3_000 } },
      { when: writesPort(8003), answer: hssError('HSS.0010') },
      { when: everyOther(writesPort(8004)), answer: 'reset', applied: true },
    ],
  };
}

/** Matches the first, third, … of the calls that `isMeant` matches. */
function everyOther(isMeant: NonNullable<HostFault['when']>): NonNullable<HostFault['when']> {
  let count = 0;
  return (call) => {
    if (!isMeant(call)) return false;
    count += 1;
    return count % 2 === 1;
  };
}
