import { visit, type ASTNode, type DocumentNode, type GraphQLError, type Location, type SourceLocation } from 'graphql';
import { countWhile } from '../count-while.ts';
import { conditionsOf } from '../schema/conditions.ts';

/** A valid document, in the form that is planned and executed. */
export interface ExecutableDocument {
  /** Without locations: for each error graphql-js would search for its line from the start of the document. */
  readonly ast: DocumentNode;
  /** Names of the variables that decide what is selected. */
  readonly conditions: readonly string[];
  /** Adds the locations to an error that refers to `ast`. */
  readonly locate: (error: GraphQLError) => GraphQLError;
}

/**
 * Strips the locations from `document`, which it consumes: the result holds the same AST. This also frees the
 * document's tokens, which take more memory than the rest of it.
 */
export function toExecutable(document: DocumentNode): ExecutableDocument {
  const lineStarts = findLines(document.loc?.source.body ?? '');
  const starts = new Map<ASTNode, number>();
  visit(document, {
    enter(node: { loc?: Location | undefined } & ASTNode) {
      if (node.loc) starts.set(node, node.loc.start);
      node.loc = undefined;
    },
  });
  return {
    ast: document,
    conditions: conditionsOf(document),
    locate(error) {
      const positions = (error.nodes ?? []).flatMap((node) => starts.get(node) ?? []);
      if (positions.length === 0) return error;
      return Object.assign(error, { locations: positions.map((position) => toLocation(position, lineStarts)) });
    },
  };
}

/** Where the lines of a document start. */
export function findLines(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|[\n\r]/g)) starts.push(index + end.length);
  return starts;
}

function toLocation(position: number, lineStarts: readonly number[]): SourceLocation {
  const line = countWhile(lineStarts, (start) => start <= position);
  return { line, column: position + 1 - (lineStarts[line - 1] as number) };
}
