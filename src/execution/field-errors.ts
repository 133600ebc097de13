import type { GraphQLError } from 'graphql';

/** The errors of the fields of one response, in the order in which they came. */
export class FieldErrors {
  readonly all: GraphQLError[] = [];
  /** What is null for an error. */
  readonly #nulled = new Set<string>();

  /** `path` is of what is null for it: the whole response, where it is empty. Of what is null already nothing more is told. */
  add(error: GraphQLError, path: readonly (string | number)[]): void {
    let position = '';
    if (this.#nulled.has(position)) return;
    for (const key of path) {
      position += `/${key}`;
      if (this.#nulled.has(position)) return;
    }
    this.#nulled.add(position);
    this.all.push(error);
  }
}
