import type { Outcome } from '../writes/outcome.ts';
import { toIgnoreKey } from '../writes/ignorable-port.ts';
import { builder } from './builder.ts';
import { costs } from './field-cost.ts';
import { codeOfKind } from '../errors/codes.ts';
import { Host, type HostReference } from './host.ts';
import { TransportProtocol } from './port-enums.ts';
import type { SetPortIgnoreTarget } from './set-port-ignore-input.ts';

/** A target, and its outcome after the write. */
interface Result {
  readonly target: SetPortIgnoreTarget;
  readonly outcome: Outcome;
}

const SetPortIgnoreOutcome = builder.enumType('SetPortIgnoreOutcome', {
  description: 'Result of ignoring one port, or of no longer ignoring it.',
  values: {
    ACCEPTED: { value: 'accepted', description: 'HSS accepted the change.' },
    REJECTED: {
      value: 'rejected',
      description: 'HSS refused the change, or it never reached HSS. Nothing was changed.',
    },
    UNKNOWN: {
      value: 'unknown',
      description: 'The change was sent but no answer came: it may have taken effect. Repeating it is safe.',
    },
  } as const,
});

const SetPortIgnoreError = builder
  .objectRef<{ readonly code: string; readonly message: string; readonly retryAfterSeconds: number | null }>(
    'SetPortIgnoreError',
  )
  .implement({
    description:
      'Why the change was not accepted. HSS refuses a call of up to 200 ports as a whole, so the reason may be another port of the same call.',
    fields: (t) => ({
      code: t.exposeString('code', {
        description: 'A code as in `extensions.code`, for example FORBIDDEN or UPSTREAM_TIMEOUT.',
      }),
      message: t.exposeString('message', {
        extensions: costs({ cost: { characters: 258 } }),
        description: 'Explanation of the code for people, in English.',
      }),
      retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
        nullable: true,
        description: 'How many seconds to wait before trying again, if known.',
      }),
    }),
  });

/** Ends the description of a value that a row may lack. */
const whereKnown = 'null if the row has none';

const SetPortIgnoreResult = builder.objectRef<Result>('SetPortIgnoreResult').implement({
  description: 'Result for one port.',
  fields: (t) => ({
    outcome: t.field({
      type: SetPortIgnoreOutcome,
      description: 'Whether HSS accepted the change.',
      resolve: ({ outcome }) => outcome.result,
    }),
    portId: t.id({
      nullable: true,
      description: 'The id from `portIds`; null for a port from `ports`.',
      resolve: ({ target }) => target.portId,
    }),
    agentId: t.id({
      nullable: true,
      description: `HSS agent on the server; ${whereKnown}.`,
      resolve: ({ target }) => target.agentId,
    }),
    port: t.int({
      nullable: true,
      description: `Port number; ${whereKnown}.`,
      resolve: ({ target }) => target.port,
    }),
    protocol: t.field({
      type: TransportProtocol,
      nullable: true,
      description: `Transport protocol; ${whereKnown}, or one that HSS does not document.`,
      resolve: ({ target }) => target.protocol,
    }),
    containerId: t.id({
      nullable: true,
      description: 'Container; null on the server itself.',
      resolve: ({ target }) => target.containerId,
    }),
    hostId: t.id({
      nullable: true,
      description: 'Server; null if `hostId` was not given.',
      resolve: ({ target }) => target.hostId,
    }),
    ignoreKey: t.id({
      nullable: true,
      extensions: costs({ cost: { characters: 320 } }),
      description:
        'As in `OpenPort.ignoreKey`: an accepted change applies to all rows with this key. Null if HSS cannot ignore the port.',
      resolve: ({ target }) => toIgnoreKey(target),
    }),
    host: t.field({
      type: Host,
      nullable: true,
      description:
        'The server, for reading its ports again, after the change, in the same operation. Null if `hostId` was not given. `SetPortIgnorePayload.hosts` has each server only once.',
      resolve: ({ target }) => toHostReference(target.hostId),
    }),
    error: t.field({
      type: SetPortIgnoreError,
      nullable: true,
      description: 'Why the change was not accepted; null if it was.',
      resolve: ({ outcome }) =>
        outcome.result === 'accepted' ? null : { ...outcome.error, code: codeOfKind[outcome.error.kind] },
    }),
  }),
});

const toHostReference = (hostId: string | null): HostReference | null => (hostId === null ? null : { id: hostId });

interface Payload {
  readonly ignore: boolean;
  readonly results: readonly Result[];
}

const countOf = ({ results }: Payload, result: Outcome['result']): number =>
  results.filter(({ outcome }) => outcome.result === result).length;

function toHosts({ results }: Payload): HostReference[] {
  const ids = new Set(results.flatMap(({ target }) => target.hostId ?? []));
  return [...ids].map((id) => ({ id }));
}

export const SetPortIgnorePayload = builder.objectRef<Payload>('SetPortIgnorePayload').implement({
  description:
    'Result for each port. HSS does not report whether a port is ignored, so clients should remember what was accepted, by `ignoreKey`.',
  fields: (t) => ({
    ignore: t.exposeBoolean('ignore', { description: 'As in the input.' }),
    results: t.expose('results', {
      type: [SetPortIgnoreResult],
      // As many as the input names.
      extensions: costs({}),
      description: 'One per port: first `portIds`, then `ports`, in the order of the input.',
    }),
    acceptedCount: t.int({
      description: 'How many results are ACCEPTED.',
      resolve: (payload) => countOf(payload, 'accepted'),
    }),
    rejectedCount: t.int({
      description: 'How many results are REJECTED.',
      resolve: (payload) => countOf(payload, 'rejected'),
    }),
    unknownCount: t.int({
      description: 'How many results are UNKNOWN.',
      resolve: (payload) => countOf(payload, 'unknown'),
    }),
    hosts: t.field({
      type: [Host],
      extensions: costs({}),
      description:
        'The servers of the ports, each once, in the order of the input, for reading their ports again, after the change, in the same operation.',
      resolve: toHosts,
    }),
  }),
});
