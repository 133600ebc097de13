import { maxRows } from '../hss/bounds.ts';
import { builder } from './builder.ts';
import { costs, type FieldCost } from './field-cost.ts';
import { Host } from './host.ts';
import {
  OpenPortConnection,
  fieldsOfRows,
  toConnectionWant,
  type ConnectionArguments,
} from './open-port-connection.ts';
import { OpenPortFilterInput, needsWholeList, toListView, toPortList, type ListArguments } from './open-port-filter.ts';
import { OpenPortOrderInput } from './open-port-order.ts';
import {
  OpenPortPage,
  OpenPortPageInput,
  defaultLimit,
  rowsWithin,
  toWant,
  type PageArguments,
} from './open-port-page.ts';
import { selectedFields } from './selected-fields.ts';

const nullWhere =
  'Null, with an error, if HSS did not answer or refused the call, an argument is invalid, or the request has no token.';
const filterDescription = 'Which ports to list. Default: all ports of the server itself, without its containers.';
const orderDescription = 'Sort by the first of these, then by the next; up to 100. Default: the order of HSS.';

/** A whole list counts as one call: most hosts have fewer than 200 ports. */
function costOfRows(args: ListArguments, rows: number, lists: readonly string[], needsRows: boolean): FieldCost {
  const pages = needsRows ? Math.ceil(rows / maxRows) : Math.min(rows, 1);
  return {
    reads: needsWholeList(args) ? Math.min(pages, 1) : pages,
    pages,
    below: Object.fromEntries(lists.map((list) => [list, { items: rows }])),
  };
}

// Separate from the host itself: a port has a host and a host has ports, and circular imports have no fixed order.
builder.objectFields(Host, (t) => ({
  ports: t.field({
    type: OpenPortPage,
    nullable: true,
    description: `A page of the open ports that HSS found on this server. An empty list may also mean that HSS does not know the server, has no agent on it, or has it in another enterprise project: HSS does not tell these cases apart. ${nullWhere} Pages and aliases in one operation share calls to HSS. Sorting, and filters that HSS does not have, need the whole list: one call per 200 rows, and COST_LIMIT_EXCEEDED if it has more than 2,000 (configurable).`,
    // A router's demand control cannot read a size from inside an input object: a typical page stands for all.
    directives: {
      cost: { weight: 10 },
      listSize: { assumedSize: 50, sizedFields: ['nodes'], requireOneSlicingArgument: false },
    },
    extensions: costs<ListArguments & PageArguments>({
      calls: true,
      mayFail: true,
      cost: (args, { settings, selects }) =>
        costOfRows(args, rowsWithin(args.page?.limit, settings), ['nodes'], selects('nodes')),
    }),
    args: {
      filter: t.arg({ type: OpenPortFilterInput, description: filterDescription }),
      page: t.arg({ type: OpenPortPageInput, description: 'Which part of the list. Default: its first 10 rows.' }),
      orderBy: t.arg({ type: [OpenPortOrderInput], description: orderDescription }),
    },
    resolve: (host, args, { loaders, settings }, info) => {
      const { openPorts } = loaders();
      const want = toWant(args, settings, selectedFields(info));
      return openPorts.page(toPortList(host, args, settings), want, toListView(args));
    },
  }),
  portsConnection: t.field({
    type: OpenPortConnection,
    nullable: true,
    description: `The same list as \`ports\`, as a Relay connection (forward pagination only). ${nullWhere}`,
    directives: {
      cost: { weight: 10 },
      listSize: {
        slicingArguments: ['first'],
        sizedFields: ['edges', 'nodes'],
        requireOneSlicingArgument: false,
      },
    },
    extensions: costs<ListArguments & ConnectionArguments>({
      calls: true,
      mayFail: true,
      cost: (args, { settings, selects }) =>
        costOfRows(args, rowsWithin(args.first, settings), ['edges', 'nodes'], selects(...fieldsOfRows)),
    }),
    args: {
      filter: t.arg({ type: OpenPortFilterInput, description: filterDescription }),
      orderBy: t.arg({ type: [OpenPortOrderInput], description: orderDescription }),
      first: t.arg.int({
        defaultValue: defaultLimit,
        description: 'How many rows, 1 to 1,000 (configurable).',
      }),
      after: t.arg.string({ description: 'Return the rows after this cursor. Default: from the first row.' }),
    },
    resolve: (host, args, { loaders, settings }, info) => {
      const { openPorts } = loaders();
      const want = toConnectionWant(args, settings, selectedFields(info));
      return openPorts.page(toPortList(host, args, settings), want, toListView(args));
    },
  }),
}));
