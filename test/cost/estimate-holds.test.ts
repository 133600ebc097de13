import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBuiltInHosts } from '../../src/simulator/built-in-hosts.ts';
import { generateRows } from '../../src/simulator/generated-rows.ts';
import { startGateway } from '../support/gateway.ts';
import { compile } from './compile.ts';

/** Operations of every shape that reads, over the lists of `hosts`. */
function operations(portIds: readonly string[]): fc.Arbitrary<string> {
  const hosts = ['host-0', 'host-1', 'host-40', 'host-350', 'host-1100', 'nobody'];
  const hostId = fc.constantFrom(...hosts);
  const page = (maxRows: number) =>
    fc.record({
      limit: fc.integer({ min: 1, max: maxRows }),
      offset: fc.oneof(fc.constant(0), fc.nat(1_200)),
    });
  const filter = fc.constantFrom('{}', '{ protocol: TCP }', '{ status: DANGER }', '{ statuses: [DANGER] }');
  const flags = fc.constantFrom('totalCount', 'hasNextPage', 'limit');
  const alias = fc.constantFrom('a', 'b', 'c');
  const portsField = (below: fc.Arbitrary<string>, maxRows: number): fc.Arbitrary<string> =>
    fc
      .tuple(page(maxRows), filter, fc.oneof(flags, below))
      .map(
        ([{ limit, offset }, given, fields]) =>
          `ports(page: { limit: ${limit}, offset: ${offset} }, filter: ${given}) { ${fields} }`,
      );
  const hostFields = (field: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .uniqueArray(fc.tuple(alias, field), { minLength: 1, maxLength: 3, selector: ([name]) => name })
      .map((fields) => fields.map(([name, selected]) => `${name}: ${selected}`).join(' '));
  const connection = fc
    .tuple(fc.integer({ min: 1, max: 1_000 }), filter, fc.constantFrom(null, 0, 7, 350))
    .map(([first, given, after]) => {
      const cursor = after === null ? '' : `, after: "${Buffer.from(`row:${after}`).toString('base64url')}"`;
      return `portsConnection(first: ${first}, filter: ${given}${cursor}) { edges { cursor node { id port } } pageInfo { hasNextPage endCursor } }`;
    });
  const flat = fc.oneof(portsField(fc.constant('nodes { id port ignoreKey }'), 1_000), connection);
  // Below a thousand rows, hosts would be refused for their number.
  const nested = portsField(
    hostFields(portsField(fc.constant('nodes { port }'), 400)).map(
      (fields) => `totalCount nodes { host { ${fields} } }`,
    ),
    20,
  );
  const ofHost = hostFields(fc.oneof({ weight: 3, arbitrary: flat }, nested));
  const list = (items: readonly string[]): string => JSON.stringify(items);
  const representations = (typeName: string, ids: readonly string[]): string =>
    `[${ids.map((id) => `{ __typename: "${typeName}", id: "${id}" }`).join(' ')}]`;
  const root = fc.oneof(
    fc.tuple(hostId, ofHost).map(([id, fields]) => `host(id: "${id}") { ${fields} }`),
    fc
      .tuple(fc.array(hostId, { maxLength: 6 }), ofHost)
      .map(([ids, fields]) => `hosts(ids: ${list(ids)}) { ${fields} }`),
    fc
      .tuple(fc.array(hostId, { maxLength: 6 }), ofHost)
      .map(
        ([ids, fields]) => `_entities(representations: ${representations('Host', ids)}) { ... on Host { ${fields} } }`,
      ),
    fc
      .tuple(fc.array(fc.constantFrom(...portIds), { maxLength: 8 }), hostFields(flat))
      .map(([ids, fields]) => `openPorts(ids: ${list(ids)}) { id host { ${fields} } }`),
    fc
      .tuple(fc.array(fc.constantFrom(...portIds), { maxLength: 8 }), hostFields(flat))
      .map(
        ([ids, fields]) =>
          `_entities(representations: ${representations('OpenPort', ids)}) { ... on OpenPort { id host { ${fields} } } }`,
      ),
  );
  return fc
    .array(root, { minLength: 1, maxLength: 3 })
    .map((roots) => `{ ${roots.map((field, index) => `r${index}: ${field}`).join(' ')} }`);
}

describe('an operation', () => {
  it('takes no more reads than were estimated, but for one a host whose ports are looked for in vain together', async () => {
    const { query, simulator } = await startGateway({
      env: { MAX_UPSTREAM_READS: '100000' },
      simulator: {
        data: [...createBuiltInHosts(), { hostId: 'host-1100', rows: generateRows('host-1100', 'agent', 1_100) }],
      },
    });
    const read = await query(
      '{ hosts(ids: ["host-40", "host-1100"]) { ports(page: { limit: 1000 }) { nodes { id } } } }',
    );
    const portIds = read.data.hosts.flatMap(({ ports }: { ports: { nodes: { id: string }[] } }) =>
      ports.nodes.filter((_, index) => index % 37 === 0).map(({ id }) => id),
    ) as string[];
    expect(portIds.length).toBeGreaterThan(20);

    let reached = 0;
    await fc.assert(
      fc.asyncProperty(operations(portIds), async (operation) => {
        simulator.clearCalls();
        const { data, errors } = await query(operation);
        expect(errors).toBeUndefined();
        const { reads: estimated, characters } = compile(operation)({}, true);
        expect(sizeOf({ data })).toBeLessThanOrEqual(characters);
        // The ids are of ports of two hosts.
        const inVain = 2 * (operation.match(/on OpenPort|openPorts/g)?.length ?? 0);
        expect(simulator.calls.length).toBeLessThanOrEqual(estimated + inVain);
        if (simulator.calls.length === estimated) reached += 1;
      }),
      { numRuns: 80 },
    );
    // And no figure out of thin air: without anything to merge, it is what was needed.
    expect(reached).toBeGreaterThan(0);
  });

  it('fails and answers no more than was estimated, without a token', async () => {
    const { query } = await startGateway({ env: { MAX_UPSTREAM_READS: '100000' } });
    await fc.assert(
      fc.asyncProperty(operations(['x']), async (operation) => {
        const { data, errors = [] } = await query(operation, {}, { 'x-auth-token': '' });
        const { failures, characters } = compile(operation)({}, false);
        expect(errors.length).toBeLessThanOrEqual(failures);
        expect(sizeOf({ data, errors })).toBeLessThanOrEqual(characters);
      }),
      { numRuns: 60 },
    );
  });
});

const sizeOf = (answer: object): number => Buffer.byteLength(JSON.stringify(answer));
