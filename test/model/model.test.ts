import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/simulator/faults.ts';
import type { RecordedCall } from '../../src/simulator/recorder.ts';
import type { SimulatorSwitches } from '../../src/simulator/switches.ts';
import { createDraw, type Draw } from '../fuzz/draw.ts';
import { startGateway, type GraphQLResult, type TestGateway } from '../support/gateway.ts';
import { estimateReads } from './estimate.ts';
import { difference, inShort, Names } from './expectation.ts';
import type { Hss, ModelHost } from './hss.ts';
import { print, type Field } from './operation.ts';
import { expectedOf, type Expected, type WriteOutcome } from './oracle.ts';
import { drawHost } from './random-hosts.ts';
import { drawMutation, drawQuery } from './random-operations.ts';
import { keysOf, maxUpstreamReads, problemOfCalls } from './reached.ts';

/** Of each mode; the first has three times as many, and slow ones a third. */
const runs = Number(process.env.MODEL_RUNS ?? 3);
const seed = Number(process.env.MODEL_SEED ?? 1);
const stepsOfRun = 8;

/** How HSS behaves. */
interface Mode {
  readonly switches?: Partial<SimulatorSwitches>;
  readonly hasForeignRows?: boolean;
  readonly maxWholeListRows?: number;
  /** Multiplies the number of runs. */
  readonly share?: number;
  /** Of the first host's list. */
  readonly length?: number;
  /** What becomes of one in `failsIn` calls of each operation. */
  readonly fault?: Fault['answer'];
  readonly failsIn?: number;
}

const modes: readonly (readonly [name: string, mode: Mode])[] = [
  ['does as documented', { share: 3 }],
  ['gives 100 rows a read', { switches: { maxLimit: 100 } }],
  ['gives 50 rows a read', { switches: { maxLimit: 50 } }],
  ['gives 20 rows a read', { switches: { maxLimit: 20 } }],
  ['refuses to give more than 100 rows', { switches: { maxLimit: 100, aboveMaxLimit: 'reject' } }],
  ['shows ignored ports as normal', { switches: { ignoredPortView: 'normal', unknownSpelling: 'unknown' } }],
  ['hides ignored ports', { switches: { ignoredPortView: 'removed', numberSpelling: 'text' } }],
  ['lists rows of other hosts', { hasForeignRows: true }],
  ['has lists too long to order', { maxWholeListRows: 150 }],
  ['is unavailable at times', { fault: { status: 503 }, failsIn: 4 }],
  ['resets connections', { fault: 'reset', failsIn: 5 }],
  ['stops counting at 10,000 rows', { length: 10_450, share: 1 / 3 }],
  ['throttles', { fault: { status: 429 }, failsIn: 9, share: 1 / 3 }],
];

/** A gateway, and what the oracle knows of it. */
interface Run {
  readonly mode: Mode;
  readonly gateway: TestGateway;
  readonly hss: Hss;
  readonly names: Names;
  readonly rowOfCursor: ReadonlyMap<string, number>;
  /** How many were sent; each has a token of its own. */
  operations: number;
}

const startMode = ({ switches, maxWholeListRows = 2_000 }: Mode): Promise<TestGateway> =>
  startGateway({
    level: 'silent',
    // On a slow machine, nothing else times out.
    env: { MAX_WHOLE_LIST_ROWS: `${maxWholeListRows}`, HSS_TIMEOUT_MS: '100000', OPERATION_TIMEOUT_MS: '300000' },
    simulator: { ...switches, data: [], record: 10_000 },
  });

/** Cursors stand for row numbers: those of one list tell those of all. */
async function readCursors({ query, simulator }: TestGateway, count: number): Promise<ReadonlyMap<string, number>> {
  simulator.addHost({ hostId: 'cursors', rows: Array.from({ length: count }, (_, port) => ({ port, pid: port })) });
  const rowOfCursor = new Map<string, number>();
  for (let after: string | null = null; rowOfCursor.size < count;) {
    const { data, errors }: GraphQLResult = await query(
      'query ($after: String) { host(id: "cursors") { portsConnection(first: 1000, after: $after) { edges { cursor } } } }',
      { after },
    );
    expect(errors).toBeUndefined();
    for (const { cursor } of data.host.portsConnection.edges)
      rowOfCursor.set((after = cursor as string), rowOfCursor.size);
  }
  return rowOfCursor;
}

/** Fails one in `failsIn` calls of every operation, and not the same of each. */
function failAtTimes({ fault, failsIn = 1 }: Mode, { simulator }: TestGateway): void {
  if (!fault) return;
  const calls = new Map<number, number>();
  simulator.on({
    answer: fault,
    when({ headers }) {
      const operation = Number(headers['x-auth-token']);
      const call = calls.get(operation) ?? operation;
      calls.set(operation, call + 1);
      return call % failsIn === 0;
    },
  });
}

async function play(draw: Draw, mode: Mode, cursors: ReadonlyMap<string, number>): Promise<void> {
  const gateway = await startMode(mode);
  try {
    failAtTimes(mode, gateway);
    const ignoredPortView = mode.switches?.ignoredPortView ?? 'unchanged';
    const hss: Hss = { hosts: new Map(), ignored: new Set(), ignoredPortView };
    const run: Run = { mode, gateway, hss, names: new Names(), rowOfCursor: cursors, operations: 0 };
    const options = { rowsOfRead: mode.switches?.maxLimit ?? 200, hasForeignRows: mode.hasForeignRows ?? false };
    const offsets = [
      1,
      100,
      190,
      199,
      200,
      201,
      400,
      ...(mode.length ? [9_799, 9_800, 9_999, 10_001, 10_400, 10_440] : []),
    ];
    const add = (host: ModelHost): void => {
      hss.hosts.set(host.hostId, host);
      gateway.simulator.addHost(host);
    };
    add(drawHost(draw, 'host-0', { ...options, length: mode.length }));
    for (const hostId of ['host-1', 'host-2']) add(drawHost(draw, hostId, options));
    const hostIds = [...hss.hosts.keys(), 'no-host'];
    for (let step = 0; step < stepsOfRun; step += 1) {
      const choices = {
        hostIds,
        offsets,
        portIds: run.names.ids,
        cursors: [...cursors.keys()],
        isDeep: draw.oneIn(4),
      };
      if (step > 0 && draw.oneIn(5)) add(drawHost(draw, draw.from(['host-1', 'host-2']), options));
      if (draw.oneIn(4)) await check(run, 'mutation', drawMutation(draw, choices, mode.fault ? 1 : 1 + draw.upTo(1)));
      else {
        const queries = Array.from({ length: 1 + draw.upTo(3) }, () => drawQuery(draw, choices));
        await Promise.all(queries.map((query) => check(run, 'query', query)));
      }
      gateway.simulator.clearCalls();
    }
  } finally {
    await gateway.close();
  }
}

/** Holds an operation against the oracle. If it fails, it is told without what has no part in it. */
async function check(run: Run, kind: 'query' | 'mutation', fields: readonly Field[]): Promise<void> {
  const found = await problemOf(run, kind, fields);
  if (found === null) return;
  const [path] = found.split('\n');
  const less = kind === 'query' && path ? fieldsAlong(path.split('.'), fields) : fields;
  throw new Error((await problemOf(run, kind, less)) ?? found);
}

function fieldsAlong([key, ...path]: readonly string[], fields: readonly Field[]): readonly Field[] {
  const field = fields.find((one) => one.key === key);
  if (key === undefined || !field) return fields;
  const below = path.slice(path.findIndex((one) => !/^\d+$/.test(one)));
  return [field.fields ? { ...field, fields: fieldsAlong(below, field.fields) } : field];
}

/** Sends an operation: what is wrong with its answer, or the calls that it made; null if nothing. */
async function problemOf(run: Run, kind: 'query' | 'mutation', fields: readonly Field[]): Promise<string | null> {
  const { mode, gateway, hss, names, rowOfCursor } = run;
  const token = `${(run.operations += 1)}`;
  const { query, variables } = print(kind, fields);
  const { data, errors = [] } = await gateway.query(query, variables, { 'x-auth-token': token });
  const calls = gateway.simulator.calls.filter(({ headers }) => headers['x-auth-token'] === token);
  const told = (problem: string): string => `${problem}\nErrors: ${inShort(errors)}\n${query}\n${inShort(variables)}`;

  if (data === undefined && errors[0]?.extensions.code === 'COST_LIMIT_EXCEEDED') {
    // What else is refused than reads, such as the length of an answer, is for test/cost.
    const isForReads = errors[0].extensions.budget === maxUpstreamReads;
    const isDue = !isForReads || estimateReads(fields, true) > maxUpstreamReads;
    return isDue && calls.length === 0 ? null : told('refused');
  }
  if (estimateReads(fields, false) > maxUpstreamReads) return told('not refused');

  const maxWholeListRows = mode.maxWholeListRows ?? 2_000;
  const outcomeOf = mode.fault ? outcomes(calls) : (): WriteOutcome => ({ outcome: 'ACCEPTED' });
  const expected = expectedOf(fields, { hss, names, rowOfCursor, maxWholeListRows, outcomeOf });
  const excused = excuse(mode, expected, errors, calls);
  const isHonest = !mode.fault && !mode.length && !mode.switches?.maxLimit;
  const problem =
    difference(expected.data, data, { names, rowOfCursor, excused }) ??
    differenceOfErrors(expected, errors, excused) ??
    problemOfCalls(calls, expected, isHonest);
  return problem === null ? null : told(problem);
}

/** What HSS answered to the last call with each target: nothing where it was not sent, for the token is throttled. */
function outcomes(calls: readonly RecordedCall[]): (key: string) => WriteOutcome {
  const statuses = new Map<string, number | null>();
  for (const call of calls) if (call.method === 'POST') for (const key of keysOf(call)) statuses.set(key, call.status);
  return (key) => {
    const status = statuses.get(key);
    if (status === 200) return { outcome: 'ACCEPTED' };
    if (status === 503 || status === null) return { outcome: 'UNKNOWN', code: 'UPSTREAM_UNAVAILABLE' };
    return { outcome: 'REJECTED', code: 'UPSTREAM_RATE_LIMITED' };
  };
}

type Errors = NonNullable<GraphQLResult['errors']>;

const pathOf = ({ path = [] }: Errors[number]): string => path.join('.');

/** Where HSS failed all three tries of a call, what needs it may fail, by itself and with the code of that failure. */
function excuse({ fault }: Mode, { needHss }: Expected, errors: Errors, calls: readonly RecordedCall[]): Set<string> {
  const failures = new Map<string, number>();
  for (const { rawUrl, status } of calls) if (status !== 200) failures.set(rawUrl, (failures.get(rawUrl) ?? 0) + 1);
  if (!fault || Math.max(0, ...failures.values()) < 3) return new Set();
  const isThrottled = typeof fault === 'object' && fault.status === 429;
  const code = isThrottled ? 'UPSTREAM_RATE_LIMITED' : 'UPSTREAM_UNAVAILABLE';
  return new Set(
    errors
      .filter(({ extensions }) => extensions.code === code)
      .map(pathOf)
      .filter((path) => needHss.has(path)),
  );
}

function differenceOfErrors(expected: Expected, errors: Errors, excused: ReadonlySet<string>): string | null {
  const isBelow = (path: string): boolean => [...excused].some((other) => path.startsWith(`${other}.`));
  const due = [...expected.errors].filter(([path]) => !isBelow(path)).map(([path, extensions]) => [path, extensions]);
  const got = errors.filter((error) => !excused.has(pathOf(error))).map((error) => [pathOf(error), error.extensions]);
  const sorted = (list: unknown[][]): string[] => list.map((one) => JSON.stringify(one)).toSorted();
  const [one, other] = [sorted(due), sorted(got)];
  return one.join() === other.join() ? null : `errors\n  expected ${inShort(one)}\n  got      ${inShort(other)}`;
}

describe('an operation is answered as the contract says, by an HSS that', () => {
  it.each(modes.map((mode, index) => [...mode, index] as const))('%s', async (name, mode, index) => {
    const cursors = await readCursors(await startMode({}), mode.length ?? 500);
    const {
      failed,
      errorInstance,
      counterexamplePath: path,
    } = await fc.check(
      fc.asyncProperty(fc.gen(), (g) => play(createDraw(g), mode, cursors)),
      { numRuns: Math.ceil(runs * (mode.share ?? 1)), seed: seed * 100 + index, endOnFailure: true },
    );
    const about = `MODEL_SEED=${seed} MODEL_RUNS=${runs}, run ${path}: an HSS that ${name}`;
    if (failed) throw new Error(`${about}\n${(errorInstance as Error).message}`);
  });
});
