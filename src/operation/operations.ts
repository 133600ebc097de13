import type { ExecutionResult } from 'graphql';
import { clientError } from '../errors/client-error.ts';
import { maskError } from '../errors/mask-error.ts';
import { echoesSecret, longerThanWords } from '../http/echoes-secret.ts';
import type { OperationResult } from '../http/graphql-response.ts';
import type { OperationRequest } from '../http/graphql-route.ts';
import { createContext, requireRoom, type ContextOptions } from './context.ts';
import { Refused, type Documents } from './documents.ts';
import type { Finish } from './finish.ts';
import type { FindDocument } from './persisted-documents.ts';
import { createRecord, type OperationRecord } from './record.ts';
import { toRefusal, type RefusalOptions } from './refusal.ts';

export interface OperationsOptions extends RefusalOptions {
  readonly documents: Documents;
  readonly findDocument: FindDocument;
  readonly context: ContextOptions;
  /** Throws where too many operations are under way. */
  readonly admit: () => void;
  /** The budget of calls that read. */
  readonly maxReads: number;
  /** Whether clients are shown what their operations cost. */
  readonly isCostShown: boolean;
  /** Told of each operation when it has ended. */
  readonly finish: Finish;
  /** Runs an operation in a span of its own; null where nothing is traced. */
  readonly trace: ((request: OperationRequest, record: OperationRecord, run: Run) => Promise<OperationResult>) | null;
}

type Run = () => Promise<OperationResult>;

const none: readonly unknown[] = [];

/** Executes operations: from the parameters of a request to what its client sees. Never rejects. */
export function createOperations(options: OperationsOptions): (request: OperationRequest) => Promise<OperationResult> {
  const { documents, findDocument, maxReads, isCostShown, finish, trace } = options;

  async function run(request: OperationRequest, record: OperationRecord): Promise<OperationResult> {
    let raw = none;
    let result: OperationResult;
    try {
      const { data, errors } = await execute(request, record);
      raw = errors ?? none;
      result = { data, errors: errors?.map(maskError), refusal: null };
    } catch (error) {
      raw = error instanceof Refused ? error.errors : [error];
      result = toRefusal(raw, options);
    }
    return finish({ request, record, result, raw });
  }

  function execute(request: OperationRequest, record: OperationRecord): ExecutionResult | Promise<ExecutionResult> {
    const { parameters, isSafe } = request;
    if (parameters === null) throw request.error;
    options.admit();
    const prepared = documents.operation(findDocument(parameters), parameters.operationName);
    record.name = prepared.name && loggedName(prepared.name, request);
    record.type = prepared.type;
    if (prepared.type === 'subscription') {
      throw clientError('BAD_USER_INPUT', 'Subscriptions are not supported: send a query or a mutation.');
    }
    if (isSafe && prepared.type !== 'query') {
      throw clientError('BAD_USER_INPUT', 'GET is only for queries: send mutations by POST.', {
        http: { status: 405 },
      });
    }
    const hasToken = Boolean(request.headers.get('x-auth-token'));
    const variables = prepared.coerce(parameters.variables);
    const reads = prepared.costLimit(variables, hasToken);
    if (typeof reads !== 'number') throw reads;
    // A write waits for a place, whatever is read after it.
    const tenant = hasToken && prepared.type === 'query' ? requireRoom(options.context, request, reads) : null;
    return prepared.executor(createContext(options.context, request, record, tenant), variables);
  }

  /** A client may send its token as the name. */
  function loggedName(name: string, { headers }: OperationRequest): string | null {
    return echoesSecret(name, headers, longerThanWords) ? null : name;
  }

  return (request) => {
    const record = createRecord(request.requestId, maxReads, isCostShown);
    return trace ? trace(request, record, () => run(request, record)) : run(request, record);
  };
}
