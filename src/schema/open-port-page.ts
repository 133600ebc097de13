import { maxOffset } from '../hss/bounds.ts';
import type { OpenPortPage as Page, Want } from '../reads/cut-page.ts';
import { readInt } from './arguments.ts';
import { builder } from './builder.ts';
import { costs } from './field-cost.ts';
import type { Settings } from './gateway-context.ts';
import { OpenPort } from './open-port.ts';
import type { SelectedFields } from './selected-fields.ts';

export const defaultLimit = 10;

export const totalCountDescription =
  'How many rows match. HSS stops counting at 10,000, so from there on this is a lower bound. It is exact if filters need the whole list, or if you select the rows of a sorted list. HSS: `total_num`.';

export const OpenPortPageInput = builder.inputType('OpenPortPageInput', {
  description: 'Part of a list, by row numbers.',
  fields: (t) => ({
    limit: t.int({
      defaultValue: defaultLimit,
      description: 'How many rows, 1 to 1,000 (configurable). Not limited to the page sizes of HSS.',
    }),
    offset: t.int({ defaultValue: 0, description: 'How many rows to skip, 0 to 2,000,000.' }),
  }),
});

export interface PageArguments {
  readonly page?: typeof OpenPortPageInput.$inferInput | null | undefined;
}

/** The window that a page argument names, and what is selected of it. */
export function toWant({ page }: PageArguments, settings: Settings, { names, fields }: SelectedFields): Want {
  return {
    limit: readLimit(page?.limit, 'page.limit', settings),
    offset: readInt(page?.offset ?? 0, 'page.offset', 0, maxOffset),
    rows: names.has('nodes'),
    hasNextPage: names.has('hasNextPage'),
    fields,
  };
}

/** The default is always within bounds. */
function limitOf(limit: number | null | undefined, { maxPageLimit }: Settings): number {
  return limit == null || limit === defaultLimit ? Math.min(defaultLimit, maxPageLimit) : limit;
}

export function readLimit(limit: number | null | undefined, argument: string, settings: Settings): number {
  return readInt(limitOf(limit, settings), argument, 1, settings.maxPageLimit);
}

/** How many rows a limit asks for; 0 if the field is refused because of it. */
export function rowsWithin(limit: number | null | undefined, settings: Settings): number {
  const rows = limitOf(limit, settings);
  return rows < 1 || rows > settings.maxPageLimit ? 0 : rows;
}

export const hasPreviousPage = ({ offset, totalCount }: Page): boolean => offset > 0 && totalCount > 0;

export const OpenPortPage = builder.objectRef<Page>('OpenPortPage');

builder.objectType(OpenPortPage, {
  description:
    'A page of a list of open ports. HSS documents no order and takes no snapshot: if ports appear or disappear while a page is read, it may have fewer rows than requested, but no duplicates.',
  fields: (t) => ({
    nodes: t.expose('nodes', {
      type: [OpenPort],
      // As many as were requested of the page.
      extensions: costs({}),
      description:
        'The rows. If you do not select them, the page takes only one small call to HSS, unless its filters need the whole list.',
    }),
    totalCount: t.exposeInt('totalCount', { description: totalCountDescription }),
    limit: t.exposeInt('limit', { description: 'The requested limit.' }),
    offset: t.exposeInt('offset', { description: 'The requested offset.' }),
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description:
        'Whether more rows follow, from `offset + limit` on. Beyond row 10,000, where HSS stops counting, true means that more may follow.',
    }),
    hasPreviousPage: t.boolean({ description: 'Whether there are rows before `offset`.', resolve: hasPreviousPage }),
  }),
});
