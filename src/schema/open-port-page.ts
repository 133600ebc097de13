import { collectSubFields } from '@graphql-tools/utils';
import type { FieldNode, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { maxOffset } from '../hss/list-ports.ts';
import type { OpenPortPage as Page, Want } from '../reads/cut-page.ts';
import { readInt } from './arguments.ts';
import { builder } from './builder.ts';
import type { Settings } from './gateway-context.ts';
import { costs } from './field-cost.ts';
import { OpenPort } from './open-port.ts';

const defaultLimit = 10;

export const OpenPortPageInput = builder.inputType('OpenPortPageInput', {
  description: 'A part of a list, by row numbers.',
  fields: (t) => ({
    limit: t.int({
      defaultValue: defaultLimit,
      description:
        'How many rows, 1 to 1,000 unless the gateway is configured otherwise. Any number in between is answered exactly.',
    }),
    offset: t.int({ defaultValue: 0, description: 'How many rows to leave out at the beginning, 0 to 2,000,000.' }),
  }),
});

/** The window that a page argument names, and what of it is selected. */
export function toWant(
  page: typeof OpenPortPageInput.$inferInput | null | undefined,
  settings: Settings,
  info: GraphQLResolveInfo,
): Want {
  const selected = selectedFields(info);
  return {
    limit: readInt(limitOf({ page }, settings.maxPageLimit), 'page.limit', 1, settings.maxPageLimit),
    offset: readInt(page?.offset ?? 0, 'page.offset', 0, maxOffset),
    rows: selected.has('nodes'),
    hasNextPage: selected.has('hasNextPage'),
  };
}

export interface PageArguments {
  readonly page?: { readonly limit?: number | null } | null | undefined;
}

/** The limit that the arguments of `ports` name, in or out of bounds; the default, where they name none, is in bounds. */
function limitOf({ page }: PageArguments, maxPageLimit: number): number {
  return page?.limit ?? Math.min(defaultLimit, maxPageLimit);
}

/** How many rows the arguments of `ports` ask for; 0 where the field is refused for its limit. */
export function rowsAskedFor(args: PageArguments, maxPageLimit: number): number {
  const limit = limitOf(args, maxPageLimit);
  return limit < 1 || limit > maxPageLimit ? 0 : limit;
}

function selectedFields({
  schema,
  fragments,
  variableValues,
  returnType,
  fieldNodes,
}: GraphQLResolveInfo): Set<string> {
  // Not a copy of the nodes: what was collected for the same ones is remembered.
  const nodes = fieldNodes as FieldNode[];
  const { fields } = collectSubFields(schema, fragments, variableValues, returnType as GraphQLObjectType, nodes);
  return new Set([...fields.values()].flatMap(([field]) => field?.name.value ?? []));
}

export const OpenPortPage = builder.objectRef<Page>('OpenPortPage');

builder.objectType(OpenPortPage, {
  description:
    'A page of a list of open ports. HSS documents no order and takes no snapshot: where ports come and go while a page is read, it may hold fewer rows than asked for, but none twice.',
  fields: (t) => ({
    nodes: t.field({
      type: [OpenPort],
      // As many as the page is asked for.
      extensions: costs({}),
      description: 'The rows. Without this field in the selection, the page costs the smallest call to HSS.',
      resolve: ({ nodes }) => nodes,
    }),
    totalCount: t.exposeInt('totalCount', {
      description:
        'How many rows the whole list has. HSS counts up to 10,000, though a list may go on. HSS: `total_num`.',
    }),
    limit: t.exposeInt('limit', { description: 'The limit that was asked for.' }),
    offset: t.exposeInt('offset', { description: 'The offset that was asked for.' }),
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description: 'Whether rows follow behind `offset + limit`. From 10,000 rows on, a full page means that they may.',
    }),
    hasPreviousPage: t.boolean({
      description: 'Whether rows come before `offset`.',
      resolve: ({ offset, totalCount }) => offset > 0 && totalCount > 0,
    }),
  }),
});
