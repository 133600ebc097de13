import type { Draw } from '../fuzz/draw.ts';
import type { HssRow, ModelHost } from './hss.ts';

export const words = {
  ports: [22, 80, 443, 3306, 8080, 9000, 65_535],
  protocols: ['TCP', 'UDP', 'TCP6', 'UDP6'],
  statuses: ['NORMAL', 'DANGER', 'UNKNOWN'],
  addresses: ['0.0.0.0', '::', '127.0.0.1', '10.0.0.17'],
  paths: ['/usr/sbin/sshd', '/usr/bin/Java', 'C:\\Windows\\System32\\svchost.exe', '/opt/é/ngínx'],
  agents: ['agent-a', 'agent-b', 'agent-c'],
  containers: ['container-1', 'container-2'],
} as const;

const lengths = [0, 1, 5, 9, 10, 11, 19, 20, 21, 50, 100, 101, 199, 200, 201, 250, 399, 400, 401];

export interface HostOptions {
  /** The most rows that come with one read. */
  readonly rowsOfRead: number;
  readonly hasForeignRows: boolean;
  /** Default: any, up to some hundreds. */
  readonly length?: number | undefined;
}

/** A host with some hundred rows at most, among them null fields and words that HSS does not document. */
export function drawHost(draw: Draw, hostId: string, options: HostOptions): ModelHost {
  const enterpriseProjectId = draw.oneIn(4) ? 'eps-1' : '0';
  const length = options.length ?? (draw.oneIn(3) ? draw.upTo(450) : draw.from(lengths));
  return {
    ...{ hostId, enterpriseProjectId },
    rows: drawRows(draw, hostId, length, '', options),
    containerRows: drawRows(draw, hostId, draw.upTo(30), draw.from(words.containers), options),
  };
}

function drawRows(draw: Draw, hostId: string, length: number, container: string, options: HostOptions): HssRow[] {
  const oddIn = draw.from([2, 10, 1_000]);
  const cheap = createCheapDraw(draw.upTo(2 ** 31 - 1));
  const { hasForeignRows, rowsOfRead } = options;
  // Twins that come with different reads are taken for one: which, no contract says.
  const hasTwins = length <= rowsOfRead && draw.oneIn(2);
  const rows: HssRow[] = [];
  for (let index = 0; index < length; index += 1) {
    const row = drawRow(cheap, hostId, container, 1_000 + index, oddIn);
    const another = hasForeignRows && cheap.oneIn(3) && { host_id: 'another' };
    rows.push(hasTwins && index > 0 && cheap.oneIn(4) ? cheap.from(rows) : { ...row, ...another });
  }
  return rows;
}

/** `pid` is the row's own, so that rows differ; one field in `oddIn` is odd. */
function drawRow(draw: Draw, hostId: string, container: string, pid: number, oddIn: number): HssRow {
  const odd = (value: unknown, ...others: readonly unknown[]): unknown =>
    draw.oneIn(oddIn) ? draw.from(others) : value;
  const row = {
    host_id: odd(hostId, undefined, null, ''),
    agent_id: odd(draw.from(words.agents), undefined, null, '', 'a'.repeat(65)),
    container_id: container,
    laddr: odd(draw.from(words.addresses), null, '', '::1', true),
    path: odd(draw.from(words.paths), null, '', 'x'.repeat(300)),
    pid: odd(pid, `${pid}`, pid + 100_000),
    port: odd(draw.from(words.ports), null, 0, 70_000, undefined),
    status: odd(draw.from(['normal', 'danger', 'unknow', 'unknown']), null, 'odd', ''),
    type: odd(draw.from(words.protocols), 'SCTP', 'tcp', null),
    unknown_field: 1,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

/** As cheap as thousands of values need: they are told by one number, and do not shrink. */
function createCheapDraw(seed: number): Draw {
  let state = seed;
  const upTo = (max: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * (max + 1));
  };
  return { upTo, oneIn: (count) => upTo(count - 1) === 0, from: (items) => items[upTo(items.length - 1)]! };
}
