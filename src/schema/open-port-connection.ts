import type { OpenPortPage, Want } from '../reads/cut-page.ts';
import type { PortRow } from '../hss/port-row.ts';
import { builder } from './builder.ts';
import { readCursor, toCursor } from './cursor.ts';
import { costs } from './field-cost.ts';
import type { Settings } from './gateway-context.ts';
import { OpenPort } from './open-port.ts';
import { hasPreviousPage, readLimit, totalCountDescription } from './open-port-page.ts';
import type { SelectedFields } from './selected-fields.ts';

// See https://relay.dev/graphql/connections.htm; forward pagination only.

export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Fields of a connection that need its rows, including the cursors of its ends. */
export const fieldsOfRows = ['edges', 'nodes', 'pageInfo.startCursor', 'pageInfo.endCursor'] as const;

/** The window that the arguments name, and what is selected of it. */
export function toConnectionWant(
  { first, after }: ConnectionArguments,
  settings: Settings,
  { names, fields }: SelectedFields,
): Want {
  return {
    limit: readLimit(first, 'first', settings),
    offset: after == null ? 0 : readCursor(after, 'after') + 1,
    rows: fieldsOfRows.some((field) => names.has(field)),
    hasNextPage: names.has('pageInfo.hasNextPage') || names.has('pageInfo.endCursor') || names.has('edges'),
    fields,
  };
}

interface Edge {
  readonly cursor: string;
  readonly node: PortRow;
}

const cursorDescription =
  'opaque, for use in `after`. It stands for a row number, so ports that appear or disappear between two pages shift the rows after them.';

const OpenPortEdge = builder.objectRef<Edge>('OpenPortEdge').implement({
  description: 'A row of a connection, with its cursor.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      extensions: costs({ cost: { characters: 16 } }),
      description: `Cursor of the row, ${cursorDescription}`,
    }),
    node: t.expose('node', { type: OpenPort, description: 'The row.' }),
  }),
});

const rowNumber = ({ offset, rowNumbers }: OpenPortPage, index: number): number =>
  rowNumbers?.[index] ?? offset + index;

/** Where the connection ends: the last cursor also skips rows that HSS sent but that are not shown. */
function lastRow(page: OpenPortPage): number {
  return page.hasNextPage ? page.offset + page.limit - 1 : rowNumber(page, page.nodes.length - 1);
}

const cursorAt = (page: OpenPortPage, index: number): string =>
  toCursor(index === page.nodes.length - 1 ? lastRow(page) : rowNumber(page, index));

const toEdges = (page: OpenPortPage): Edge[] =>
  page.nodes.map((node, index) => ({ cursor: cursorAt(page, index), node }));

const PageInfo = builder.objectRef<OpenPortPage>('PageInfo').implement({
  directives: { shareable: {} },
  description: 'Position of a connection in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description:
        'Whether more rows follow. Beyond row 10,000, where HSS stops counting, true means that more may follow.',
    }),
    hasPreviousPage: t.boolean({ description: 'Whether there are rows before these.', resolve: hasPreviousPage }),
    startCursor: t.string({
      nullable: true,
      extensions: costs({ cost: { characters: 16 } }),
      description: 'Cursor of the first row; null if there are no rows.',
      resolve: (page) => (page.nodes.length > 0 ? cursorAt(page, 0) : null),
    }),
    endCursor: t.string({
      nullable: true,
      extensions: costs({ cost: { characters: 16 } }),
      description: `Cursor of the last row, ${cursorDescription} Null if there are no rows, and none follow.`,
      resolve: (page) => (page.nodes.length > 0 || page.hasNextPage ? toCursor(lastRow(page)) : null),
    }),
  }),
});

export const OpenPortConnection = builder.objectRef<OpenPortPage>('OpenPortConnection').implement({
  description:
    'Part of a list of open ports, as a Relay connection. It shares its calls to HSS with pages of the same rows.',
  fields: (t) => ({
    edges: t.field({
      type: [OpenPortEdge],
      // As many as were requested of the connection.
      extensions: costs({}),
      description: 'The rows with their cursors.',
      resolve: toEdges,
    }),
    nodes: t.expose('nodes', { type: [OpenPort], extensions: costs({}), description: 'The rows without cursors.' }),
    pageInfo: t.field({
      type: PageInfo,
      description: 'Position of the connection in its list.',
      resolve: (page) => page,
    }),
    totalCount: t.exposeInt('totalCount', { description: totalCountDescription }),
  }),
});
