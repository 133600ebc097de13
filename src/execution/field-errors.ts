import type { GraphQLError } from 'graphql';

/** The field errors of one response, in the order in which they occurred. */
export class FieldErrors {
  readonly all: GraphQLError[] = [];
  /** Paths of the values that an error made null. */
  readonly #nulled = new Set<string>();

  /** `path` is of the value made null; empty, it is the whole response. Errors at or below a null value are dropped. */
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
