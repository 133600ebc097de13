/** A field of an operation; `key` is its name in the response. */
export interface Field {
  readonly key: string;
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
  /** Which arguments are variables. */
  readonly asVariables?: boolean;
  readonly when?: 'skip: yes' | 'skip: no' | 'include: yes' | 'include: no';
  /** The type of `_entities` that the fields are of. */
  readonly on?: 'Host' | 'OpenPort';
  readonly fields?: readonly Field[];
}

export interface PrintedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const isShown = ({ when }: Field): boolean => when !== 'skip: yes' && when !== 'include: no';

const typeOf: Readonly<Record<string, string>> = {
  filter: 'OpenPortFilterInput',
  page: 'OpenPortPageInput',
  orderBy: '[OpenPortOrderInput!]',
  first: 'Int',
  after: 'String',
  id: 'ID!',
  ids: '[ID!]!',
  representations: '[_Any!]!',
  input: 'SetPortIgnoreInput!',
};

const enums = new Set(['protocol', 'protocols', 'status', 'statuses', 'category', 'field', 'direction']);

export function print(kind: 'query' | 'mutation', fields: readonly Field[]): PrintedOperation {
  const variables: Record<string, unknown> = {};
  const types: string[] = [];

  function printArgument(name: string, value: unknown, asVariable: boolean): string {
    if (!asVariable) return `${name}: ${literal(value, name)}`;
    const variable = `${name}${types.length}`;
    types.push(`$${variable}: ${typeOf[name]}`);
    variables[variable] = value;
    return `${name}: $${variable}`;
  }
  function printField({ key, name, args, asVariables = false, when, on, fields: below }: Field): string {
    const given = Object.entries(args ?? {}).map(([arg, value]) => printArgument(arg, value, asVariables));
    const [directive, variable] = when?.split(': ') ?? [];
    if (variable !== undefined && !(variable in variables)) {
      types.push(`$${variable}: Boolean!`);
      variables[variable] = variable === 'yes';
    }
    return [
      key === name ? name : `${key}: ${name}`,
      given.length > 0 ? `(${given.join(', ')})` : '',
      directive ? ` @${directive}(if: $${variable})` : '',
      below ? ` ${on ? `{ ... on ${on} ${printFields(below)} }` : printFields(below)}` : '',
    ].join('');
  }
  const printFields = (selected: readonly Field[]): string => `{ ${selected.map(printField).join(' ')} }`;

  const selection = printFields(fields);
  return { query: `${kind}${types.length > 0 ? ` (${types.join(', ')})` : ''} ${selection}`, variables };
}

function literal(value: unknown, name: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, name)).join(', ')}]`;
  if (typeof value === 'string') return enums.has(name) ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{ ${members.map(([key, item]) => `${key}: ${literal(item, key)}`).join(', ')} }`;
}
