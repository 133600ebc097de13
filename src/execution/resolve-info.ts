import type { GraphQLResolveInfo } from 'graphql';
import type { FieldPlan, OperationPlan } from './plan.ts';
import type { Variables } from './selection.ts';

/** The position of a value in the response. */
export type Path = GraphQLResolveInfo['path'];

export function toKeys(parent: Path | undefined, key: string | number): (string | number)[] {
  const keys = [key];
  for (let path = parent; path; path = path.prev) keys.push(path.key);
  return keys.reverse();
}

/** The path of the field that a value belongs to, as the field itself or as an item of its list. */
export function fieldOf(path: Path): Path {
  return typeof path.key === 'number' && path.prev ? fieldOf(path.prev) : path;
}

/** What a resolver can ask about its field. Most ask nothing, so everything is computed on demand. */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly #operation: OperationPlan;
  readonly #field: FieldPlan;
  readonly #parent: Path | undefined;
  readonly #variables: Variables;

  constructor(operation: OperationPlan, field: FieldPlan, parent: Path | undefined, variables: Variables) {
    this.#operation = operation;
    this.#field = field;
    this.#parent = parent;
    this.#variables = variables;
  }

  get fieldName(): string {
    return this.#field.definition.name;
  }
  get fieldNodes(): GraphQLResolveInfo['fieldNodes'] {
    return this.#field.nodes;
  }
  get returnType(): GraphQLResolveInfo['returnType'] {
    return this.#field.definition.type;
  }
  get parentType(): GraphQLResolveInfo['parentType'] {
    return this.#field.parentType;
  }
  get path(): Path {
    return { prev: this.#parent, key: this.#field.key, typename: this.#field.parentType.name };
  }
  get schema(): GraphQLResolveInfo['schema'] {
    return this.#operation.schema;
  }
  get fragments(): GraphQLResolveInfo['fragments'] {
    return this.#operation.fragments;
  }
  get rootValue(): undefined {
    return undefined;
  }
  get operation(): GraphQLResolveInfo['operation'] {
    return this.#operation.operation;
  }
  get variableValues(): Record<string, unknown> {
    return this.#variables;
  }
}
