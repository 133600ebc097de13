import { Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compileCostLimit, type CostLimit } from '../cost/cost-limit.ts';
import { clientError, withoutStack } from '../errors/client-error.ts';
import { toExecutable, type ExecutableDocument } from '../execution/document.ts';
import { createExecutor, type Executor } from '../execution/executor.ts';
import { roomForPlans, type PlanRoom } from '../execution/selection.ts';
import type { Settings } from '../schema/gateway-context.ts';
import { compileVariables, type CoerceVariables } from './coerce-variables.ts';
import type { Engine } from './engine.ts';
import { takeLiterals } from './literals.ts';
import { fillTemplate, makeTemplate } from './template.ts';

/** What is known of an operation from its document alone, worked out once. */
export interface PreparedOperation {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** For the log: 128 characters at most. */
  readonly name: string | null;
  readonly coerce: CoerceVariables;
  readonly costLimit: CostLimit;
  readonly executor: Executor;
}

/** Documents that clients have sent, with what is prepared from them. */
export interface Documents {
  /** Reads a document before a client sends it. Returns the errors for which it is refused. */
  prepare(text: string): readonly unknown[];
  /** Throws a `Refused` with the errors for which the document, or the operation's name, is refused. */
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

/** Characters of documents, each up to 180 bytes with a document's plans. The number of documents alone is no bound. */
const maxCharacters = 1024 * 1024;
const maxDocuments = 1_000;
/** Clients that write strings into their documents send few shapes. */
const maxTemplateCharacters = 256 * 1024;
const maxTemplates = 250;
/** Operations prepared from one document: some clients send all of theirs in one, and name the one to run. */
const maxOperations = 8;
const maxNameLength = 128;

type Known = ReadDocument | { readonly errors: readonly unknown[] };

/** What is known of a shape: its template; that one text of it has come; or that its texts share no template. */
type Shape = ReadDocument | 'seen' | 'none';

interface ReadDocument {
  readonly document: ExecutableDocument;
  readonly characters: number;
  /** By name; null where a document has one operation and none is named. */
  readonly operations: Map<string | null, PreparedOperation>;
  /** For the plans of all operations. */
  room: PlanRoom;
}

export interface DocumentsOptions {
  readonly engine: Engine;
  readonly schema: GraphQLSchema;
  readonly settings: Settings;
  /** The most read calls that an operation may be estimated to need. */
  readonly maxReads: number;
}

export function createDocuments(options: DocumentsOptions): Documents {
  const { engine, schema } = options;
  const documents = createCache<Known>(maxDocuments, maxCharacters);
  /** Kept apart: a client's text may look like a shape. */
  const shapes = createCache<Shape>(maxTemplates, maxTemplateCharacters);

  function read(text: string): Known {
    const known = documents.get(text);
    if (known) return known;
    const result = engine.read(text);
    const entry = isDocument(result) ? createEntry(toExecutable(result), text) : { errors: result };
    documents.set(text, entry);
    return entry;
  }

  /** Null if the text is to be read itself, as the first of its shape is: most clients send no second one. */
  function templateFor(text: string, shape: string): ReadDocument | null {
    if (shape.length > maxTemplateCharacters) return null;
    const known = shapes.get(shape);
    if (known === undefined) shapes.set(shape, 'seen');
    if (known === undefined || (known === 'seen' && documents.has(text))) return null;
    const template = known === 'seen' ? readTemplate(shape) : known;
    return template === 'none' ? null : template;
  }

  /**
   * The template is read from the shape, although a document of it exists: what is made from a text keeps the text
   * alive, and a caller's strings must live no longer than the operation.
   */
  function readTemplate(shape: string): ReadDocument | 'none' {
    const result = engine.read(shape);
    const isTemplate = isDocument(result) && makeTemplate(schema, result);
    const template = isTemplate ? createEntry(toExecutable(result), shape) : 'none';
    shapes.set(shape, template);
    return template;
  }

  function prepared(entry: ReadDocument, operationName: string | null): PreparedOperation {
    const known = entry.operations.get(operationName);
    if (known) return known;
    if (entry.operations.size === maxOperations) {
      entry.operations.clear();
      entry.room = roomForPlans(entry.characters);
    }
    const made = prepare(options, entry, find(entry.document.ast, operationName));
    entry.operations.set(operationName, made);
    return made;
  }

  return {
    prepare(text) {
      const entry = read(text);
      return 'errors' in entry ? entry.errors : [];
    },
    operation(text, operationName) {
      const literals = takeLiterals(text);
      const template = literals && templateFor(text, literals.shape);
      if (template) return fillTemplate(prepared(template, operationName), literals);
      const entry = read(text);
      if ('errors' in entry) throw refused(entry.errors);
      return prepared(entry, operationName);
    },
  };
}

const createCache = <T extends object | string>(max: number, maxSize: number): LRUCache<string, T> =>
  new LRUCache({ max, maxSize, sizeCalculation: (_entry, text) => Math.max(1, text.length) });

const createEntry = (document: ExecutableDocument, { length: characters }: string): ReadDocument => ({
  document,
  characters,
  operations: new Map(),
  room: roomForPlans(characters),
});

const isDocument = (result: DocumentNode | readonly unknown[]): result is DocumentNode => 'kind' in result;

function find({ definitions }: DocumentNode, name: string | null): OperationDefinitionNode {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const found = name === null ? operations : operations.filter((operation) => operation.name?.value === name);
  const [operation, second] = found;
  if (!operation)
    throw refuse(name === null ? 'The document has no operation.' : 'The document has no operation of this name.');
  if (second) throw refuse('The document has several operations: name one as `operationName`.');
  return operation;
}

const refuse = (message: string): Refused => refused([clientError('BAD_USER_INPUT', message)]);

const refused = (errors: readonly unknown[]): Refused => withoutStack(() => new Refused(errors));

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
