import type { FaultAnswer } from '../../src/simulator/faults.ts';
import type { GeneratedRequest } from './request.ts';
import { maxBodyBytes } from './request.ts';

/** Kinds of request that could cost more than they look, each with knobs that a search turns: 0 to 1 each. */
export interface RequestClass {
  readonly name: string;
  readonly knobs: number;
  /** Of 1 MiB at most, whatever the knobs say. */
  readonly request: (knobs: Knobs) => GeneratedRequest;
  /** What HSS answers, where it is not the simulator's true answer. */
  readonly answer?: (knobs: Knobs) => FaultAnswer;
}

/** The turns of a class's knobs, one after the other. */
export interface Knobs {
  /** A whole number of 0 to `max`, every order of magnitude as likely. */
  count(max: number): number;
  from<T>(items: readonly T[]): T;
}

const json = (body: object, token: boolean): GeneratedRequest => ({
  method: 'POST',
  search: '',
  headers: { 'content-type': 'application/json', ...(token && { 'x-auth-token': 'token' }) },
  body: JSON.stringify(body),
});

const list = (length: number, item: (index: number) => string): string =>
  Array.from({ length }, (_, i) => item(i)).join(' ');
/** As many times as fit into a request. */
const fill = (text: string, count: number, left = maxBodyBytes - 2 ** 16): string =>
  text.repeat(Math.min(count, Math.floor(left / JSON.stringify(text).length)));
const withToken = [false, true];

export const requestClasses: readonly RequestClass[] = [
  {
    name: 'characters that are ignored, before items that all fail',
    knobs: 5,
    request(knobs) {
      const ignored = fill(
        knobs.from(['\n', '\r\n', '\r', ' ', ',', '\t', '\uFEFF', '#\n', '# comment\n']),
        knobs.count(maxBodyBytes),
      );
      const ids = Array.from({ length: knobs.count(2_000) }, () => '');
      const aliases = list(1 + knobs.count(49), (index) => `a${index}: hosts(ids: $ids) { id }`);
      const operation = `query ($ids: [ID!]!) { ${aliases} }`;
      const query = knobs.from([ignored + operation, operation + ignored, operation.replace('{', `{${ignored}`)]);
      return json({ query, variables: { ids } }, knobs.from(withToken));
    },
  },
  {
    name: 'one field written many times, all of which are the place of an error',
    knobs: 4,
    request(knobs) {
      const field = knobs.from([
        'hosts(ids: $ids) { id }',
        '_entities(representations: $any) { __typename }',
        'host(id: "") { id }',
      ]);
      const ids = Array.from({ length: knobs.count(2_000) }, () => '');
      const query = `query ($ids: [ID!]!, $any: [_Any!]!) { ${list(1 + knobs.count(2_000), () => field)} }`;
      return json({ query, variables: { ids, any: ids.map(() => ({})) } }, knobs.from(withToken));
    },
  },
  {
    name: 'keys of an input object that nobody knows',
    knobs: 4,
    request(knobs) {
      const keys = list(knobs.count(80_000), (index) => `"k${index}": 1,`);
      const object = JSON.parse(`{${keys.slice(0, -1)}}`) as object;
      const filters = Array.from({ length: 1 + knobs.count(20) }, (_, index) => index);
      const variables = Object.fromEntries(filters.map((index) => [`f${index}`, index === 0 ? object : { pord: 1 }]));
      const declared = list(filters.length, (index) => `$f${index}: OpenPortFilterInput,`);
      const literal = `{ host(id: "h") { ports(filter: {${list(knobs.count(4_000), (index) => `k${index}: 1`)}}) { totalCount } } }`;
      const used = list(filters.length, (index) => `a${index}: ports(filter: $f${index}) { totalCount }`);
      return knobs.from([
        json({ query: `query (${declared}) { host(id: "h") { ${used} } }`, variables }, false),
        json({ query: literal }, false),
      ]);
    },
  },
  {
    name: 'equal ids, under many aliases',
    knobs: 4,
    request(knobs) {
      const id = knobs.from(['h', '', 'x'.repeat(128), 'x'.repeat(400)]);
      const ids = Array.from({ length: knobs.count(2_500) }, () => id);
      const aliases = list(
        1 + knobs.count(49),
        (index) => `${'a'.repeat(120)}${index}: hosts(ids: $ids) { __typename id }`,
      );
      return json({ query: `query ($ids: [ID!]!) { ${aliases} }`, variables: { ids } }, knobs.from(withToken));
    },
  },
  {
    name: 'references to entities',
    knobs: 4,
    request(knobs) {
      const reference = knobs.from<unknown>([
        {},
        null,
        7,
        { __typename: 'Host', id: '' },
        { __typename: 'Host', id: 'h' },
        { __typename: 'OpenPort', id: 'x' },
      ]);
      const any = Array.from({ length: knobs.count(20_000) }, () => reference);
      const aliases = list(
        1 + knobs.count(49),
        (index) => `a${index}: _entities(representations: $any) { __typename }`,
      );
      return json({ query: `query ($any: [_Any!]!) { ${aliases} }`, variables: { any } }, knobs.from(withToken));
    },
  },
  {
    name: 'lists and objects that lie deep in each other',
    knobs: 3,
    request(knobs) {
      const depth = knobs.count(200_000);
      const [open, close] = knobs.from([
        ['[', ']'],
        ['{"a":', '}'],
        ['[[],', ']'],
        ['[', ''],
      ] as const);
      const text = fill(open, depth) + '1' + fill(close, depth);
      const parameters = knobs.from([
        `{"query":"query ($ids: [ID!]!) { hosts(ids: $ids) { id } }","variables":{"ids":${text}}}`,
        JSON.stringify({ query: `{ hosts(ids: ${text}) { id } }` }),
        JSON.stringify({ query: `{ ${fill('host(id: "h") {', depth)} }` }),
        JSON.stringify({ query: `query ($a: ${fill('[', depth)}ID${fill(']', depth)}) { __typename }` }),
      ]);
      return { ...json({}, false), body: parameters.slice(0, maxBodyBytes) };
    },
  },
  {
    name: 'long texts',
    knobs: 3,
    request(knobs) {
      const text = fill(
        knobs.from(['x', '\u{1f600}', '\\u0041', '\n', '\n ', '\u0000', 'a\\"""', '-', '\u0130']),
        knobs.count(maxBodyBytes),
        maxBodyBytes / 2,
      );
      const id = knobs.from([`"""${text}"""`, `"${text}"`, '$text']);
      const field = knobs.from([
        `host(id: ${id}) { id }`,
        `host(id: "h") { ports(filter: { executablePathContains: ${id} }) { totalCount } }`,
        `host(id: "h") { portsConnection(after: ${id}) { totalCount } }`,
        `setPortIgnore(input: { ignore: true, portIds: [${id}] }) { acceptedCount }`,
      ]);
      const kind = field.startsWith('set') ? 'mutation' : 'query';
      const declared = id === '$text' ? '($text: ID = "x")' : '';
      return json({ query: `${kind} ${declared} { ${field} }`, variables: { text } }, true);
    },
  },
  {
    name: 'many variables',
    knobs: 4,
    request(knobs) {
      const count = knobs.count(20_000);
      const type = knobs.from(['Int', 'ID!', 'OpenPortFilterInput', 'Nothing', '[[[[Int]]]]', 'Int = "x"']);
      const declared = list(count, (index) => `$v${index}: ${type}`);
      const used = list(knobs.from([0, count]), (index) => `a${index}: host(id: $v${index}) { id }`);
      const variables = Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`v${index}`, knobs.from<unknown>(['x', {}, [], null])]),
      );
      return json({ query: `query (${declared}) { __typename ${used} }`, variables }, false);
    },
  },
  {
    name: 'documents that do not fit the schema',
    knobs: 3,
    request(knobs) {
      const count = knobs.count(20_000);
      const selections = knobs.from([
        (index: number) => `hostt${index}`,
        () => 'host(id: "h") { iid }',
        (index: number) => `a: host(id: "${index}") { id }`,
        (index: number) => `a: host(id: "h") { b: ports(page: { limit: ${index} }) { totalCount } }`,
        (index: number) => `...F${index}`,
        () => '__typename @nothing @skip(if: 1)',
      ]);
      const fragments = knobs.from([
        '',
        list(count, (index) => `fragment F${index} on Query { ...F${index + 1} ...F0 a: __typename }`),
      ]);
      return json({ query: `{ ${list(count, selections)} } ${fragments}`.slice(0, maxBodyBytes / 2) }, false);
    },
  },
  {
    name: 'ports to ignore',
    knobs: 4,
    request(knobs) {
      const portIds = Array.from({ length: knobs.count(3_000) }, (_, index) =>
        knobs.from(['x', `id-${index}`, 'é'.repeat(200)]),
      );
      const port = knobs.from<object>([
        { agentId: '', port: 1, protocol: 'TCP' },
        { agentId: 'a', port: 1, protocol: 'TCP6' },
        { agentId: 'a', port: -1, protocol: 'UDP' },
      ]);
      const ports = Array.from({ length: knobs.count(3_000) }, () => port);
      const query = `mutation ($input: SetPortIgnoreInput!) { setPortIgnore(input: $input) { results { outcome portId ignoreKey error { code message } host { id } } hosts { id } } }`;
      return json({ query, variables: { input: { ignore: true, portIds, ports } } }, true);
    },
  },
  {
    name: 'headers',
    knobs: 3,
    request(knobs) {
      const name = knobs.from([
        'accept',
        'content-type',
        'traceparent',
        'tracestate',
        'x-auth-token',
        'x-request-id',
        'x-project-id',
        'accept-encoding',
        'origin',
        'cookie',
      ]);
      const piece = knobs.from([',', ';', 'a/b;q=0.1,', '"', '=', ';a="\\""', 'x', ' ', '00-', 'a=b,']);
      const { headers, ...rest } = json({ query: '{ host(id: "h") { ports { totalCount } } }' }, true);
      return { ...rest, headers: { ...headers, [name]: fill(piece, knobs.count(60_000), 60_000) || 'x' } };
    },
  },
  {
    name: 'operations by GET',
    knobs: 2,
    request(knobs) {
      const ignored = fill(knobs.from(['%0A', '%2C', '%20', '%23%0A', '%', '+', '&a=']), knobs.count(60_000), 55_000);
      const ids = list(knobs.count(500), () => '%22%22').replaceAll(' ', ',');
      return { ...json({}, false), method: 'GET', search: `?query=${ignored}{hosts(ids:[${ids}]){id}}`, body: null };
    },
  },
  {
    name: 'words and texts of HSS',
    knobs: 4,
    request: () =>
      json(
        { query: '{ host(id: "h") { ports(page: { limit: 200 }) { nodes { id protocol executablePath } } } }' },
        true,
      ),
    answer(knobs) {
      const text = knobs
        .from(['x', 'token', '\u{1f600}', '\n', '"', 'a=b&token=', '0'])
        .repeat(knobs.count(3 * 2 ** 20));
      const row = { host_id: 'h', port: 1, agent_id: 'a', type: 'TCP', status: 'normal', laddr: '::', path: '/' };
      const long = { ...row, [knobs.from(['type', 'status', 'path', 'laddr', 'agent_id', 'port', 'host_id'])]: text };
      const rows = Array.from({ length: text.length < 2 ** 14 ? 200 : 1 }, (_, pid) => ({ ...long, pid }));
      return knobs.from<FaultAnswer>([
        { status: 200, body: { total_num: rows.length, data_list: rows } },
        { status: 400, body: { error_code: text, error_msg: text } },
      ]);
    },
  },
];
