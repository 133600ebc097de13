/** A text that only the gateway can make. It stands for one meaning, and a meaning has at most `copies` such texts. */
export class Opaque {
  readonly kind: 'id' | 'ignoreKey';
  readonly meaning: string;
  readonly copies: number;
  constructor(kind: Opaque['kind'], meaning: string, copies = 1) {
    this.kind = kind;
    this.meaning = meaning;
    this.copies = copies;
  }
  toJSON(): string {
    return `${this.kind} of ${this.meaning}`;
  }
}

/** A cursor of any of the rows `from` to `to`: between them is nothing that could be shown. */
export class CursorOf {
  readonly from: number;
  readonly to: number;
  constructor(from: number, to: number) {
    this.from = from;
    this.to = to;
  }
}

/** What a field may be: any of these. */
export class AnyOf {
  readonly values: readonly unknown[];
  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

/** A field or item that is null, with an error. */
export class Failure {
  readonly extensions: Readonly<Record<string, unknown>>;
  constructor(extensions: Readonly<Record<string, unknown>>) {
    this.extensions = extensions;
  }
}

/** What the gateway's opaque texts stand for, as its answers have told so far. */
export class Names {
  readonly #meanings = new Map<string, string>();
  readonly #texts = new Map<string, Set<string>>();
  readonly #ids: string[] = [];

  /** Ids of rows, in the order in which they first came. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** The meaning of a row's id; null of a text that never was one. */
  meaningOf(id: string): string | null {
    return this.#meanings.get(`id ${id}`) ?? null;
  }

  /** Whether the text may stand for this, from now on too. */
  learn(text: string, { kind, meaning, copies }: Opaque): boolean {
    const known = this.#meanings.get(`${kind} ${text}`);
    if (known !== undefined) return known === meaning;
    const texts = this.#texts.get(`${kind} ${meaning}`) ?? new Set();
    if (texts.size === copies) return false;
    this.#texts.set(`${kind} ${meaning}`, texts.add(text));
    this.#meanings.set(`${kind} ${text}`, meaning);
    if (kind === 'id') this.#ids.push(text);
    return true;
  }
}

export interface Comparison {
  readonly names: Names;
  /** The row that a cursor stands for. */
  readonly rowOfCursor: ReadonlyMap<string, number>;
  /** Paths of what may be null because of what HSS answered. */
  readonly excused: ReadonlySet<string>;
}

/** The first difference, as a text; null if there is none. */
export function difference(expected: unknown, got: unknown, comparison: Comparison, path = ''): string | null {
  const differs = (): string => `${path}\n  expected ${inShort(expected)}\n  got      ${inShort(got)}`;
  if (comparison.excused.has(path)) return got === null ? null : differs();
  if (expected instanceof AnyOf)
    return expected.values.some((value) => difference(value, got, comparison, path) === null) ? null : differs();
  if (expected instanceof Opaque)
    return typeof got === 'string' && comparison.names.learn(got, expected) ? null : differs();
  if (expected instanceof CursorOf) {
    const row = typeof got === 'string' ? comparison.rowOfCursor.get(got) : undefined;
    return row !== undefined && row >= expected.from && row <= expected.to ? null : differs();
  }
  if (!isObject(expected) || !isObject(got)) return expected === got ? null : differs();
  if (Array.isArray(expected) !== Array.isArray(got)) return differs();
  if (path.endsWith('.nodes') && repeats(got)) return `${path}\n  has an id twice: ${inShort(got)}`;
  if ('edges' in got && 'pageInfo' in got && !isEnded(got as unknown as Connection))
    return `${path}\n  begins and ends with other cursors than its edges: ${inShort(got)}`;
  for (const [key, value] of Object.entries(expected)) {
    const found = difference(value, got[key], comparison, path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return Object.keys(expected).join() === Object.keys(got).join() ? null : differs();
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function repeats(nodes: object): boolean {
  const ids = Object.values(nodes).flatMap((node: { id?: string }) => node.id ?? []);
  return new Set(ids).size < ids.length;
}

interface Connection {
  readonly edges: readonly { readonly cursor?: string }[];
  readonly pageInfo: { readonly startCursor?: string; readonly endCursor?: string };
}

/** Whether the cursors of both ends are those of the edges there, where both are selected. */
function isEnded({ edges, pageInfo }: Connection): boolean {
  const isSame = (one?: string, other?: string): boolean => one === undefined || other === undefined || one === other;
  return isSame(edges[0]?.cursor, pageInfo.startCursor) && isSame(edges.at(-1)?.cursor, pageInfo.endCursor);
}

export function inShort(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 800 ? `${text.slice(0, 800)} … (${text.length} characters)` : text;
}
