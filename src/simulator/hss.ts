import { gatewayError, toErrorReply } from './error-replies.ts';
import type { SimulatedHost } from './hosts.ts';
import type { IgnoreState } from './ignore-state.ts';
import type { Operation, Outcome } from './operation.ts';
import { operations } from './operations.ts';
import type { RecordedCall } from './recorder.ts';
import { Refusal } from './refusal.ts';
import type { Reply } from './reply.ts';
import type { SimulatorSwitches } from './switches.ts';
import { admit } from './tokens.ts';

/** The state and settings that determine every answer. */
export interface HssState {
  readonly hosts: ReadonlyMap<string, SimulatedHost>;
  readonly ignoreState: IgnoreState;
  readonly switches: SimulatorSwitches;
}

/** What HSS answers to a call: first the checks of the gateway in front of it, then HSS's own. */
export async function answerCall(call: RecordedCall, state: HssState): Promise<Outcome> {
  try {
    const [projectId, operation] = findOperation(call);
    const caller = admit(call.headers['x-auth-token'], projectId, state.switches);
    if (projectId.length > 256) throw new Refusal('HSS.0001');
    const hosts = new Map([...state.hosts].filter(([, host]) => (host.projectId ?? projectId) === projectId));
    return await operation({ ...state, call, caller, hosts });
  } catch (error) {
    if (error instanceof Refusal) return withoutEffect(toErrorReply(error, state.switches));
    throw error;
  }
}

/** The answer to a body over 12 MB. */
export function answerTooLarge(): Outcome {
  return withoutEffect(gatewayError('APIGW.0201', 413));
}

function withoutEffect(reply: Reply): Outcome {
  return { reply, apply: () => undefined };
}

function findOperation({ method, path }: RecordedCall): readonly [projectId: string, operation: Operation] {
  const [, projectId, name] = /^\/v5\/([^/]+)\/asset\/([^/]+)$/.exec(path) ?? [];
  const operation = operations.find((known) => known.method === method && known.name === name);
  if (projectId === undefined || operation === undefined) throw new Refusal('APIGW.0101', 404);
  return [decodeSegment(projectId), operation.answer];
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal('APIGW.0201');
  }
}
