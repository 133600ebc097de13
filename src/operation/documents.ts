import { Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compileCostLimit, type CostLimit } from '../cost/cost-limit.ts';
import { clientError } from '../errors/client-error.ts';
import { toExecutable, type ExecutableDocument } from '../execution/document.ts';
import { createExecutor, type Executor } from '../execution/executor.ts';
import { roomForPlans, type PlanRoom } from '../execution/selection.ts';
import type { Settings } from '../schema/gateway-context.ts';
import { compileVariables, type CoerceVariables } from './coerce-variables.ts';
import type { Engine } from './engine.ts';

/** What is known of an operation from its document alone, found out once. */
export interface PreparedOperation {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** For the log: 128 characters at most. */
  readonly name: string | null;
  readonly coerce: CoerceVariables;
  readonly costLimit: CostLimit;
  readonly executor: Executor;
}

/** Documents that clients have sent, with what is prepared of them. */
export interface Documents {
  /** Throws the errors for which the document, or the name of the operation, is refused, as a `Refused`. */
  operation(text: string, operationName: string | null): PreparedOperation;
}

/** Why a document is refused. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly errors: readonly unknown[];

  constructor(errors: readonly unknown[]) {
    super('The document is refused.');
    this.errors = errors;
  }
}

/** Characters of documents; with its plans a document takes up to 180 bytes for each. Their number alone would be no bound. */
const maxCharacters = 1024 * 1024;
const maxDocuments = 1_000;
/** Operations that are prepared of one document: some clients send all of theirs in one, and name one of them. */
const maxOperations = 8;
const maxNameLength = 128;

type Known = ReadDocument | { readonly errors: readonly unknown[] };

interface ReadDocument {
  readonly document: ExecutableDocument;
  /** By name; null where a document has one operation and none is named. */
  readonly operations: Map<string | null, PreparedOperation>;
  /** For the plans of all of them. */
  room: PlanRoom;
}

export interface DocumentsOptions {
  readonly engine: Engine;
  readonly schema: GraphQLSchema;
  readonly settings: Settings;
  /** The most calls that read which an operation may be estimated to need. */
  readonly maxReads: number;
}

export function createDocuments(options: DocumentsOptions): Documents {
  const { engine } = options;
  const known = new LRUCache<string, Known>({
    max: maxDocuments,
    maxSize: maxCharacters,
    sizeCalculation: (_value, text) => Math.max(1, text.length),
  });

  function read(text: string): Known {
    const result = engine.read(text);
    const entry = isDocument(result)
      ? {
          document: toExecutable(result),
          operations: new Map<string | null, PreparedOperation>(),
          room: roomForPlans(text.length),
        }
      : { errors: result };
    known.set(text, entry);
    return entry;
  }

  return {
    operation(text, operationName) {
      const entry = known.get(text) ?? read(text);
      if ('errors' in entry) throw new Refused(entry.errors);
      const prepared = entry.operations.get(operationName);
      if (prepared) return prepared;
      if (entry.operations.size === maxOperations) {
        entry.operations.clear();
        entry.room = roomForPlans(text.length);
      }
      const made = prepare(options, entry, find(entry.document.ast, operationName));
      entry.operations.set(operationName, made);
      return made;
    },
  };
}

const isDocument = (result: DocumentNode | readonly unknown[]): result is DocumentNode => 'kind' in result;

function find({ definitions }: DocumentNode, name: string | null): OperationDefinitionNode {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const found = name === null ? operations : operations.filter((operation) => operation.name?.value === name);
  const [operation, second] = found;
  if (!operation)
    throw refuse(name === null ? 'The document holds no operation.' : 'The document holds no operation of this name.');
  if (second) throw refuse('The document holds several operations: name one as `operationName`.');
  return operation;
}

const refuse = (message: string): Refused => new Refused([clientError('BAD_USER_INPUT', message)]);

function prepare(
  { schema, settings, maxReads }: DocumentsOptions,
  { document, room }: ReadDocument,
  operation: OperationDefinitionNode,
): PreparedOperation {
  return {
    type: operation.operation,
    name: operation.name?.value.slice(0, maxNameLength) ?? null,
    coerce: compileVariables(schema, operation),
    costLimit: compileCostLimit({ schema, document, operation, settings, room }, maxReads),
    executor: createExecutor(schema, document, operation, room),
  };
}
