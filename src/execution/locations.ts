import { Source, type ASTNode, type DocumentNode, type GraphQLError, type SourceLocation } from 'graphql';

/** A document that finds the places of its errors at once. */
export interface LocatedDocument {
  /** Without places: graphql-js would look for the line of each error from the start of the document. */
  readonly ast: DocumentNode;
  /** Gives an error of the execution of `ast` its locations. */
  readonly locate: (error: GraphQLError) => GraphQLError;
}

export function locateCheaply(document: DocumentNode): LocatedDocument {
  const starts = new Map<ASTNode, number>();
  const lineStarts = findLines(document.loc?.source ?? new Source(''));
  return {
    ast: withoutPlaces(document, starts) as DocumentNode,
    locate(error) {
      const positions = (error.nodes ?? []).flatMap((node) => starts.get(node) ?? []);
      if (positions.length === 0) return error;
      return Object.assign(error, { locations: positions.map((position) => toLocation(position, lineStarts)) });
    },
  };
}

/** A copy without `loc`; where each node of the copy started is put into `starts`. */
function withoutPlaces(value: unknown, starts: Map<ASTNode, number>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutPlaces(item, starts));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) if (key !== 'loc') copy[key] = withoutPlaces(part, starts);
  const { loc } = value as ASTNode;
  if (loc) starts.set(copy as unknown as ASTNode, loc.start);
  return copy;
}

function findLines({ body }: Source): number[] {
  const starts = [0];
  for (const { index, 0: end } of body.matchAll(/\r\n|[\n\r]/g)) starts.push(index + end.length);
  return starts;
}

/** The last line that starts at the position or before it. */
function toLocation(position: number, lineStarts: readonly number[]): SourceLocation {
  let low = 0;
  let high = lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((lineStarts[middle] as number) <= position) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: position + 1 - (lineStarts[low] as number) };
}
