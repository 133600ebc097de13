import type { Outcome } from '../writes/outcome.ts';
import { toIgnoreKey } from '../writes/ignorable-port.ts';
import { builder } from './builder.ts';
import { costs } from './field-cost.ts';
import { codeOfKind } from '../errors/codes.ts';
import { Host, type HostReference } from './host.ts';
import { TransportProtocol } from './port-enums.ts';
import type { SetPortIgnoreTarget } from './set-port-ignore-input.ts';

/** A target, and what is known of it after the write. */
interface Result {
  readonly target: SetPortIgnoreTarget;
  readonly outcome: Outcome;
}

const SetPortIgnoreOutcome = builder.enumType('SetPortIgnoreOutcome', {
  description: 'What is known of one port after the write.',
  values: {
    ACCEPTED: { value: 'accepted', description: 'HSS accepted the change.' },
    REJECTED: { value: 'rejected', description: 'HSS refused it, or it never reached HSS: nothing was changed.' },
    UNKNOWN: {
      value: 'unknown',
      description: 'It was sent and no answer came: it may have happened. Asking for the same again is safe.',
    },
  } as const,
});

const SetPortIgnoreError = builder
  .objectRef<{ readonly code: string; readonly message: string; readonly retryAfterSeconds: number | null }>(
    'SetPortIgnoreError',
  )
  .implement({
    description:
      'Why a port was not accepted. HSS refuses calls of up to 200 ports as a whole: the reason may lie with another port of the same call.',
    fields: (t) => ({
      code: t.exposeString('code', {
        description: 'The codes of `extensions.code`, for example FORBIDDEN or UPSTREAM_TIMEOUT.',
      }),
      message: t.exposeString('message', {
        extensions: costs({ cost: { characters: 258 } }),
        description: 'The same for a human reader, in English.',
      }),
      retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
        nullable: true,
        description: 'Seconds after which it is worth to ask again, where HSS says so.',
      }),
    }),
  });

/** What is known of a row, but for rows that lack it. */
const whereKnown = 'null where the row has none';

const SetPortIgnoreResult = builder.objectRef<Result>('SetPortIgnoreResult').implement({
  description: 'What became of one port.',
  fields: (t) => ({
    outcome: t.field({
      type: SetPortIgnoreOutcome,
      description: 'What is known of it.',
      resolve: ({ outcome }) => outcome.result,
    }),
    portId: t.id({
      nullable: true,
      description: 'The id as given, for ports given by id.',
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
      description: 'Server; null where it was not given.',
      resolve: ({ target }) => target.hostId,
    }),
    ignoreKey: t.id({
      nullable: true,
      extensions: costs({ cost: { characters: 320 } }),
      description:
        'As `OpenPort.ignoreKey`: what was accepted holds for all rows with this key. Null where HSS cannot be told to ignore the port.',
      resolve: ({ target }) => toIgnoreKey(target),
    }),
    host: t.field({
      type: Host,
      nullable: true,
      description:
        'The server, to read its ports again in the same operation: HSS is asked anew. Null where it was not given. To read each server once, whatever the number of its ports: `SetPortIgnorePayload.hosts`.',
      resolve: ({ target }) => toHostReference(target.hostId),
    }),
    error: t.field({
      type: SetPortIgnoreError,
      nullable: true,
      description: 'Why it was not accepted; null when it was.',
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
    'What became of each port. HSS does not tell whether a port is ignored: a client remembers what was accepted, by `ignoreKey`.',
  fields: (t) => ({
    ignore: t.exposeBoolean('ignore', { description: 'As asked for.' }),
    results: t.expose('results', {
      type: [SetPortIgnoreResult],
      // As many as the input names.
      extensions: costs({}),
      description: 'One for each port, `portIds` first, then `ports`, in the order of the input.',
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
        'The servers of the ports, each once, in order: to read their ports again in the same operation. HSS is asked anew.',
      resolve: toHosts,
    }),
  }),
});
