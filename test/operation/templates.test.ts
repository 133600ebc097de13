import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/** A comment, and the strings of a document stay where they are: it is executed for itself. */
const forItself = (text: string): string => `${text} #`;

const ports = 'ports(page: { limit: 2 }) { totalCount nodes { port } }';

/** Documents with strings in the place of `$1`, `$2`. */
const documents = [
  `{ host(id: "$1") { id ${ports} } }`,
  `{ a: host(id: "$1") { ${ports} } b: host(id: "$2") { id ${ports} } }`,
  // Merged where the strings are equal, and refused where they are not.
  `{ host(id: "$1") { id } host(id: "$2") { ${ports} } }`,
  `{ hosts(ids: ["$1", "$2"]) { id ${ports} } }`,
  // A list of one.
  `{ hosts(ids: "$1") { id ${ports} } }`,
  // An error with a place after one string, or several, in its line and in the next.
  `{ a: host(id: "$1") { id } b: host(id: "$2") { ports(page: { limit: 0 }) { totalCount } } }`,
  `{ a: host(id: "$1") { id }\n  b: host(id: "$2") { ports(page: { offset: -1 }) { totalCount } } }`,
  `{ openPort(id: "$1") { port } }`,
  `{ host(id: "$1") { ports(filter: { executablePathContains: "$2" }) { nodes { port executablePath } } } }`,
  `query A($limit: Int) { host(id: "$1") { ports(page: { limit: $limit }) { totalCount } } }`,
  `query A($id: ID = "$1") { host(id: $id) { id } }`,
  `{ host(id: "$1") { id ... @include(if: true) { ${ports} } } }`,
  `{ __type(name: "$1") { name kind } }`,
  `fragment F on Host { ${ports} } query { host(id: "$1") { ...F } }`,
  `mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "$1", port: 22, protocol: TCP, hostId: "$2" }] }) { acceptedCount results { outcome } } }`,
  `{ _entities(representations: [{ __typename: "Host", id: "$1" }]) { ... on Host { id } } }`,
  `{ host(id: $1) { id } }`,
];

const strings = ['host-1', 'h', '', '0', '1', 'Host', 'OpenPort', 'a b', 'ü', '😀', 'x'.repeat(70), String.raw`\u0041`];

describe('a document that another has been like but for its strings', () => {
  /** What comes of a document, and what is asked of HSS for it. */
  async function outcomeOf({ query, simulator: { calls } }: TestGateway, text: string): Promise<object> {
    const before = calls.length;
    const { status, data, errors } = await query(text);
    const sent = calls
      .slice(before)
      .map(({ method, path, query, body }) => JSON.stringify([method, path, query, body]));
    return { status, data: data as unknown, errors, sent: sent.sort() };
  }

  it('is answered as it would be for itself', { timeout: 240_000 }, async () => {
    const gateway = await startGateway();
    const of = fc.constantFrom(...strings);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...documents), of, of, async (document, one, other) => {
        const text = document.replaceAll('$1', one).replaceAll('$2', other);
        expect(await outcomeOf(gateway, text)).toEqual(await outcomeOf(gateway, forItself(text)));
      }),
      { numRuns: 600 },
    );
  });

  it('asks HSS for its own hosts', async () => {
    const gateway = await startGateway();
    for (const id of ['host-a', 'host-bb', 'host-ccc']) {
      const from = gateway.simulator.calls.length;
      const { data } = await gateway.query(`{ host(id: "${id}") { id ${ports} } }`);
      expect(data.host.id).toBe(id);
      expect(gateway.simulator.calls.slice(from).map(({ query }) => query.host_id)).toEqual([id]);
    }
  });

  it('is refused where its strings make of fields that merge fields that do not', async () => {
    const gateway = await startGateway();
    const text = (one: string, other: string): string => `{ host(id: "${one}") { id } host(id: "${other}") { id } }`;
    expect((await gateway.query(text('h', 'h'))).data).toEqual({ host: { id: 'h' } });
    const { errors } = await gateway.query(text('h', 'i'));
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });
});
