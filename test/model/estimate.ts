import { Failure } from './expectation.ts';
import { narrow, problemOfFilter, readConnection, readPage, selectsRows } from './list-arguments.ts';
import { isShown, type Field } from './operation.ts';

/**
 * How many reads an operation may need, by its arguments alone. Searches for ids and refused fields count nothing, or
 * `atMost` what they may need.
 */
export function estimateReads(fields: readonly Field[] | undefined, atMost: boolean): number {
  return (fields ?? []).filter(isShown).reduce((sum, field) => sum + estimateField(field, atMost), 0);
}

function estimateField(field: Field, atMost: boolean): number {
  const { name, args = {}, fields } = field;
  const below = estimateReads(fields, atMost);
  if (name === 'ports' || name === 'portsConnection') return below + estimateList(field, atMost);
  if (name === 'setPortIgnore') return atMost ? below : 0;
  const named = (args.ids ?? args.representations ?? [args.id]) as readonly unknown[];
  const ids = new Set(named.map((one) => JSON.stringify(one))).size;
  if (name === 'host' || name === 'hosts' || field.on === 'Host') return args.id === undefined ? ids * below : below;
  if (name === 'openPort' || name === 'openPorts' || field.on === 'OpenPort') return atMost ? ids * (1 + below) : 0;
  return below;
}

function estimateList({ name, args = {}, fields }: Field, atMost: boolean): number {
  const window = name === 'ports' ? readPage(args) : readConnection(args, new Map());
  if (problemOfFilter(args) ?? window instanceof Failure) return atMost ? 5 : 0;
  const orderBy = args.orderBy as readonly unknown[] | undefined;
  const isWhole = narrow('', args.filter ?? {}).filters.length > 0 || (orderBy && orderBy.length > 0);
  return isWhole || !selectsRows(fields) ? 1 : Math.ceil((window as { limit: number }).limit / 200);
}
