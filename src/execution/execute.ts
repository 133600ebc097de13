import {
  GraphQLError,
  OperationTypeNode,
  defaultTypeResolver,
  locatedError,
  type ExecutionResult,
  type GraphQLLeafType,
} from 'graphql';
import { clientError, withoutStack } from '../errors/client-error.ts';
import type { ExecutableDocument } from './document.ts';
import { FieldErrors } from './field-errors.ts';
import type { AbstractPlan, Data, FieldPlan, ObjectPlan, OperationPlan, ValuePlan } from './plan.ts';
import { ResolveInfo, fieldOf, toKeys, type Path } from './resolve-info.ts';
import type { Arguments, Variables } from './selection.ts';

/**
 * Executes an operation with the same results as graphql-js, in a fraction of the time: what does not depend on data is
 * planned beforehand (docs/decisions/0007). A field without a resolver reads the property of its name, and never calls
 * it; `isTypeOf` of an object type is used only if an abstract type has no `resolveType`.
 * @see https://spec.graphql.org/October2021/#sec-Execution
 */
export function executePlan(
  plan: OperationPlan,
  context: object,
  variables: Variables,
  locate: ExecutableDocument['locate'],
): ExecutionResult | Promise<ExecutionResult> {
  return new Execution(plan, context, variables, locate).run();
}

class Execution {
  readonly #plan: OperationPlan;
  readonly #context: object;
  readonly #variables: Variables;
  readonly #locate: ExecutableDocument['locate'];
  #errors: FieldErrors | null = null;

  constructor(plan: OperationPlan, context: object, variables: Variables, locate: ExecutableDocument['locate']) {
    this.#plan = plan;
    this.#context = context;
    this.#variables = variables;
    this.#locate = locate;
  }

  run(): ExecutionResult | Promise<ExecutionResult> {
    const { operation, root } = this.#plan;
    const respond = (data: Data | null): ExecutionResult =>
      this.#errors === null ? { data } : { errors: this.#errors.all, data };
    const refuse = (error: unknown): ExecutionResult => {
      this.#addError(error as GraphQLError, []);
      return respond(null);
    };
    try {
      const isSerial = operation.operation === OperationTypeNode.MUTATION;
      const data = isSerial ? this.#fieldsSerially(root) : this.#fields(root, undefined, undefined);
      return data instanceof Promise ? data.then(respond, refuse) : respond(data);
    } catch (error) {
      return refuse(error);
    }
  }

  async #fieldsSerially(plan: ObjectPlan): Promise<Data> {
    const data = new plan.Data();
    for (const field of plan.fields) data[field.key] = await this.#field(field, undefined, undefined);
    return data;
  }

  #fields(plan: ObjectPlan, source: unknown, path: Path | undefined): Data | Promise<Data> {
    const data = new plan.Data();
    let pending: string[] | null = null;
    try {
      for (const field of plan.fields) {
        const value = this.#field(field, source, path);
        data[field.key] = value;
        if (value instanceof Promise) (pending ??= []).push(field.key);
      }
    } catch (error) {
      if (pending === null) throw error;
      return rejectAfter(settle(data, pending), error);
    }
    return pending === null ? data : settle(data, pending);
  }

  #field(field: FieldPlan, source: unknown, parent: Path | undefined): unknown {
    try {
      const given = this.#resolve(field, source, parent);
      return this.#finish(field, field.value, given, parent, field.key);
    } catch (error) {
      return this.#fail(field, field.value, error, parent, field.key);
    }
  }

  #resolve(field: FieldPlan, source: unknown, parent: Path | undefined): unknown {
    const { definition } = field;
    if (!definition.resolve) return (source as Partial<Data> | undefined)?.[definition.name];
    const given = readArguments(field, this.#variables);
    return definition.resolve(source, given, this.#context, this.#infoOf(field, parent));
  }

  #infoOf(field: FieldPlan, parent: Path | undefined): ResolveInfo {
    return new ResolveInfo(this.#plan, field, parent, this.#variables);
  }

  // V8 allocates the parameters of a function that creates closures on every call. The next two functions are called
  // for each item of a list, so their closures are in separate functions.

  /** Completes a value or a promise of one. Handles the failure of a promise; a synchronous error is thrown. */
  #finish(field: FieldPlan, value: ValuePlan, given: unknown, parent: Path | undefined, key: string | number): unknown {
    if (isPromise(given)) return this.#finishLater(field, value, given, parent, key);
    const completed = this.#complete(field, value, given, parent, key);
    return completed instanceof Promise ? this.#failLater(field, value, completed, parent, key) : completed;
  }

  #complete(
    field: FieldPlan,
    value: ValuePlan,
    given: unknown,
    parent: Path | undefined,
    key: string | number,
  ): unknown {
    if (given instanceof Error) throw given;
    if (given === null || given === undefined) {
      if (value.isRequired) throw new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`);
      return null;
    }
    if (value.kind === 'leaf') return serialize(value.type, given);
    const typename = typeof key === 'number' ? undefined : field.parentType.name;
    const path = { prev: parent, key, typename };
    switch (value.kind) {
      case 'object':
        return this.#fields(value.object, given, path);
      case 'list':
        return this.#list(field, value.item, given, path);
      case 'abstract':
        return this.#abstract(field, value, given, path);
    }
  }

  #finishLater(
    field: FieldPlan,
    value: ValuePlan,
    given: PromiseLike<unknown>,
    parent: Path | undefined,
    key: string | number,
  ): Promise<unknown> {
    const completed = Promise.resolve(given).then((settled) => this.#complete(field, value, settled, parent, key));
    return this.#failLater(field, value, completed, parent, key);
  }

  #failLater(
    field: FieldPlan,
    value: ValuePlan,
    completed: Promise<unknown>,
    parent: Path | undefined,
    key: string | number,
  ): Promise<unknown> {
    return completed.catch((error: unknown) => this.#fail(field, value, error, parent, key));
  }

  #abstract(field: FieldPlan, { type, objects }: AbstractPlan, given: unknown, path: Path): Data | Promise<Data> {
    const ofType = (name: unknown): Data | Promise<Data> => {
      const object = typeof name === 'string' ? objects.get(name) : undefined;
      if (!object) throw new TypeError(`The value of ${type.name} is of none of its types.`);
      return this.#fields(object, given, path);
    };
    const resolveType = type.resolveType ?? defaultTypeResolver;
    const name = resolveType(given, this.#context, this.#infoOf(field, fieldOf(path).prev), type);
    return isPromise(name) ? Promise.resolve(name).then(ofType) : ofType(name);
  }

  #list(field: FieldPlan, plan: ValuePlan, given: unknown, path: Path): unknown[] | Promise<unknown[]> {
    if (!isIterable(given)) throw new TypeError(`${nameOf(field)} is a list, but its value is not iterable.`);
    const items: unknown[] = [];
    let hasPromise = false;
    try {
      for (const item of given) {
        const value = this.#item(field, plan, item, path, items.length);
        items.push(value);
        if (value instanceof Promise) hasPromise = true;
      }
    } catch (error) {
      // Items that fail later, or were never reached, must not become unhandled rejections.
      void Promise.allSettled([...items, ...given]);
      throw error;
    }
    return hasPromise ? Promise.all(items) : items;
  }

  #item(field: FieldPlan, plan: ValuePlan, item: unknown, path: Path, index: number): unknown {
    try {
      return this.#finish(field, plan, item, path, index);
    } catch (error) {
      return this.#fail(field, plan, error, path, index);
    }
  }

  /** Records the error and returns null; for a value that may not be null it throws the error on to the parent. */
  #fail(
    field: FieldPlan,
    { isRequired }: ValuePlan,
    error: unknown,
    parent: Path | undefined,
    key: string | number,
  ): null {
    const keys = toKeys(parent, key);
    const located = this.#locate(withoutStack(() => locatedError(error, field.nodes, keys)));
    if (isRequired) throw located;
    this.#addError(located, keys);
    return null;
  }

  #addError(error: GraphQLError, path: readonly (string | number)[]): void {
    this.#errors ??= new FieldErrors();
    this.#errors.add(error, path);
  }
}

/**
 * Only one fault gets past validation and the coercion of variables: null for a nullable variable whose default value
 * lets the document use it where null is not allowed.
 * @see https://spec.graphql.org/October2021/#sec-All-Variable-Usages-are-Allowed
 */
function readArguments(field: FieldPlan, variables: Variables): Arguments {
  try {
    return field.readArguments(variables);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw Object.assign(clientError('BAD_USER_INPUT', error.message), { nodes: error.nodes });
  }
}

const nameOf = ({ parentType, definition }: FieldPlan): string => `${parentType.name}.${definition.name}`;

async function settle(data: Data, pending: readonly string[]): Promise<Data> {
  const values = await Promise.all(pending.map((key) => data[key]));
  for (const [index, key] of pending.entries()) data[key] = values[index];
  return data;
}

/** Rejects when the object's pending fields are done or one has failed; none becomes an unhandled rejection. */
function rejectAfter(pending: Promise<unknown>, error: unknown): Promise<never> {
  const reject = (): never => {
    throw error;
  };
  return pending.then(reject, reject);
}

function serialize(type: GraphQLLeafType, given: unknown): unknown {
  const value: unknown = type.serialize(given);
  if (value === null || value === undefined)
    throw new TypeError(`A value of ${type.name} is serialized to null or undefined.`);
  return value;
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;
