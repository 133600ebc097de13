import type { Draw } from '../fuzz/draw.ts';
import type { Field } from './operation.ts';
import { words } from './random-hosts.ts';

/** What operations may name. */
export interface Choices {
  readonly hostIds: readonly string[];
  /** Ids of rows that have been read; some of them are gone. */
  readonly portIds: readonly string[];
  readonly cursors: readonly string[];
  readonly offsets: readonly number[];
  /** Whether rows may be asked for their host's ports. */
  readonly isDeep: boolean;
}

type Args = Readonly<Record<string, unknown>>;

/** `min` to `max` of the items, and one may come again. */
const some = <T>(draw: Draw, items: readonly T[], max: number, min = 1): T[] =>
  Array.from({ length: min + draw.upTo(max - min) }, () => draw.from(items));

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** One argument in 40 is out of bounds. */
const oddly = (draw: Draw, args: Args, ...odd: readonly Args[]): Args => (draw.oneIn(40) ? draw.from(odd) : args);

export function drawQuery(draw: Draw, choices: Choices): Field[] {
  return Array.from({ length: 1 + draw.upTo(2) }, (_, index) => drawRoot(draw, choices, `r${index}`));
}

function drawRoot(draw: Draw, choices: Choices, key: string): Field {
  const { hostIds, portIds } = choices;
  const asVariables = draw.oneIn(2);
  const host = (): Field[] => drawHostFields(draw, choices, 3);
  const port = (): Field[] => drawPortFields(draw, choices);
  const ids = some(draw, portIds.length === 0 || draw.oneIn(20) ? ['no-id', ...portIds.slice(0, 3)] : portIds, 8);
  const hosts = some(draw, hostIds, 3);
  const names = portIds.length > 0 ? ['host', 'hosts', 'Host', 'openPort', 'openPorts', 'OpenPort'] : ['host', 'hosts'];
  const name = draw.from(['host', ...names]);
  if (name === 'host')
    return { key, name, args: oddly(draw, { id: hosts[0] }, { id: '' }), fields: host(), asVariables };
  if (name === 'hosts')
    return { key, name, args: oddly(draw, { ids: hosts }, { ids: ['', ...hosts] }), fields: host(), asVariables };
  if (name === 'openPort') return { key, name, args: { id: ids[0] }, fields: port(), asVariables };
  if (name === 'openPorts') return { key, name, args: { ids }, fields: port(), asVariables };
  const isHost = name === 'Host';
  const representations = (isHost ? hosts : ids).map((id) => ({ __typename: name, id }));
  const on = isHost ? 'Host' : 'OpenPort';
  return { key, name: '_entities', args: { representations }, on, fields: isHost ? host() : port(), asVariables };
}

export function drawHostFields(draw: Draw, choices: Choices, max: number): Field[] {
  // Pages of one list share reads.
  const shared = draw.oneIn(2) ? drawListArgs(draw) : null;
  const count = 1 + draw.upTo(max - 1) + (shared ? 2 : 0);
  const lists = Array.from({ length: count }, (_, index) =>
    drawList(draw, choices, `a${index}`, shared ?? drawListArgs(draw)),
  );
  // The same again, under another name.
  if (draw.oneIn(4)) lists.push({ ...lists[0]!, key: 'again' });
  return draw.oneIn(2) ? [{ key: 'id', name: 'id' }, ...lists] : lists;
}

const drawListArgs = (draw: Draw): Args => ({
  ...(draw.oneIn(2) && { filter: drawFilter(draw) }),
  ...(draw.oneIn(3) && { orderBy: drawOrderBy(draw) }),
});

function drawList(draw: Draw, choices: Choices, key: string, listArgs: Args): Field {
  const isPage = draw.oneIn(2);
  const args = {
    ...listArgs,
    ...(draw.oneIn(6) ? {} : isPage ? drawPage(draw, choices) : drawFirst(draw, choices)),
  };
  const nodes = (): readonly Field[] => drawPortFields(draw, { ...choices, isDeep: false });
  const fields = isPage
    ? drawFields(draw, {
        nodes,
        ...{ totalCount: null, limit: null, offset: null, hasNextPage: null, hasPreviousPage: null },
      })
    : drawFields(draw, {
        nodes,
        edges: () => drawFields(draw, { cursor: null, node: nodes }),
        pageInfo: () =>
          drawFields(draw, { hasNextPage: null, hasPreviousPage: null, startCursor: null, endCursor: null }),
        totalCount: null,
      });
  if (draw.oneIn(2) && fields.every(({ name }) => name !== 'nodes'))
    fields.push({ key: 'nodes', name: 'nodes', fields: nodes() });
  const when = drawCondition(draw);
  return { key, name: isPage ? 'ports' : 'portsConnection', args, asVariables: draw.oneIn(2), fields, ...when };
}

const drawCondition = (draw: Draw): Pick<Field, 'when'> =>
  draw.oneIn(8) ? { when: draw.from(['skip: yes', 'skip: no', 'include: yes', 'include: no']) } : {};

/** One or more of the fields, and what is selected below them. */
function drawFields(draw: Draw, below: Readonly<Record<string, (() => readonly Field[]) | null>>): Field[] {
  const names = Object.keys(below);
  const chosen = distinct(draw.oneIn(4) ? names : some(draw, names, 4));
  return chosen.map((name) => {
    const fields = below[name]?.();
    return { key: name, name, ...drawCondition(draw), ...(fields && { fields }) };
  });
}

const scalars = {
  ...{ id: null, port: null, protocol: null, status: null, listenAddress: null },
  ...{ pid: null, executablePath: null, agentId: null, containerId: null, ignoreKey: null },
};

function drawPortFields(draw: Draw, choices: Choices): Field[] {
  const fields = drawFields(draw, scalars);
  // Most operations read ids, for later ones.
  if (fields.every(({ name }) => name !== 'id') && draw.oneIn(2)) fields.unshift({ key: 'id', name: 'id' });
  if (!draw.oneIn(4)) return fields;
  const host = choices.isDeep ? drawHostFields(draw, { ...choices, isDeep: false }, 1) : [{ key: 'id', name: 'id' }];
  return [...fields, { key: 'host', name: 'host', fields: host }];
}

function drawFilter(draw: Draw): Args {
  const filters: readonly (() => Args)[] = [
    () => ({ port: draw.from(words.ports) }),
    () => ({ protocol: draw.from(words.protocols) }),
    () => ({ status: draw.from(words.statuses) }),
    () => ({ hostName: draw.from(['host', 'no-such-name']) }),
    () => ({ hostIp: draw.from(['192.168.0.1', '10.9.9.9']) }),
    () => ({ category: draw.from(['HOST', 'CONTAINER']) }),
    () => ({ enterpriseProjectId: draw.from(['all_granted_eps', 'eps-1', '0']) }),
    () => ({ statuses: distinct(some(draw, words.statuses, 3)) }),
    () => ({ protocols: some(draw, words.protocols, 4) }),
    () => ({ portNumbers: some(draw, words.ports, 6) }),
    () => ({ executablePathContains: draw.from(['/USR', 'java', '\\', 'É', 'ssh', 'nothing of that kind']) }),
    () => ({ listenAddresses: some(draw, [...words.addresses, ''], 3) }),
  ];
  const args: Args = Object.assign({}, ...some(draw, filters, 3).map((filter) => filter()));
  const odd = [{ port: 0 }, { portNumbers: [80, 65_536] }, { statuses: [] }, { executablePathContains: '' }];
  return oddly(draw, args, ...odd.map((one) => ({ ...args, ...one })));
}

const columns = ['PORT', 'PROTOCOL', 'STATUS', 'LISTEN_ADDRESS', 'PID', 'EXECUTABLE_PATH'];

const drawOrderBy = (draw: Draw): readonly Args[] =>
  some(draw, columns, 3, 0).map((field) =>
    draw.oneIn(3) ? { field } : { field, direction: draw.from(['ASC', 'DESC']) },
  );

const drawSize = (draw: Draw): number =>
  draw.oneIn(3) ? 1 + draw.upTo(500) : draw.from([1, 2, 9, 10, 11, 50, 100, 150, 199, 200, 201, 1_000]);

function drawPage(draw: Draw, { offsets }: Choices): Args {
  const offset = draw.oneIn(2) ? draw.from(offsets) : draw.upTo(60);
  const page = { limit: drawSize(draw), ...(draw.oneIn(2) && { offset }) };
  return oddly(draw, { page }, { page: { limit: 0 } }, { page: { limit: 1_001 } }, { page: { offset: -1 } });
}

function drawFirst(draw: Draw, { cursors, offsets }: Choices): Args {
  const after = draw.oneIn(2) ? cursors[draw.from(offsets)] : draw.from(cursors.slice(0, 60));
  const args = { first: drawSize(draw), ...(draw.oneIn(2) && { after }) };
  return oddly(draw, args, { first: 0 }, { first: 1_001 }, { after: 'no cursor' });
}

const drawKey = (draw: Draw, { hostIds }: Choices): Args => ({
  agentId: draw.from(words.agents),
  port: draw.from([...words.ports, 0, 2_147_483_647]),
  protocol: draw.from(words.protocols),
  ...(draw.oneIn(4) && { containerId: draw.from(words.containers) }),
  ...(draw.oneIn(2) && { hostId: draw.from(hostIds) }),
});

/** A few ports or, at times, so many that they are several calls. */
export function drawMutation(draw: Draw, choices: Choices, count: number): Field[] {
  return Array.from({ length: count }, (_, index) => {
    const many = draw.oneIn(4)
      ? Array.from({ length: draw.upTo(700) }, (__, port) => ({
          agentId: 'agent-a',
          port: port % 500,
          protocol: 'UDP',
        }))
      : [];
    const ports = [...some(draw, [1, 2, 3], 3, 0).map(() => drawKey(draw, choices)), ...many];
    const portIds = choices.portIds.length > 0 ? some(draw, choices.portIds, draw.from([3, 30, 250]), 0) : [];
    const input = {
      ignore: !draw.oneIn(3),
      ...((portIds.length > 0 || draw.oneIn(2)) && { portIds }),
      ...((ports.length > 0 || draw.oneIn(2)) && { ports }),
      ...(draw.oneIn(4) && { category: draw.from(['HOST', 'CONTAINER']) }),
      ...(draw.oneIn(4) && { enterpriseProjectId: draw.from(['all_granted_eps', 'eps-1']) }),
    };
    const odd = [{ portIds: ['no-id'] }, { ports: [{ agentId: '', port: 1, protocol: 'TCP' }] }];
    const result = { ...{ outcome: null, portId: null, agentId: null, port: null, protocol: null }, ...resultFields };
    const fields = drawFields(draw, {
      results: () => drawFields(draw, { ...result, error: () => [{ key: 'code', name: 'code' }] }),
      ...{ ignore: null, acceptedCount: null, rejectedCount: null, unknownCount: null },
      hosts: () => drawHostFields(draw, choices, 2),
    });
    const args = { input: { ...input, ...(draw.oneIn(20) && draw.from(odd)) } };
    return { key: `m${index}`, name: 'setPortIgnore', args, asVariables: true, fields };
  });
}

const resultFields = { containerId: null, hostId: null, ignoreKey: null };
