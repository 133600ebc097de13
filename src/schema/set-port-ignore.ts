import type { Settings } from '../context.ts';
import type { Outcome, PortChange } from '../loaders/change-port-status.ts';
import { badInput, readInt, readRequiredText, readText } from './bad-input.ts';
import { builder } from './builder.ts';
import { codeOfKind } from './error-codes.ts';
import { Host, type HostReference } from './host.ts';
import { toOpenPortKey } from './open-port.ts';
import { AssetCategory, TransportProtocol } from './open-port-words.ts';

const mostTargets = 2_000;
const mostPort = 2 ** 31 - 1;

const OpenPortKeyInput = builder.inputType('OpenPortKeyInput', {
  description:
    'A port by what HSS addresses it with. All rows with this agent, port, protocol and container are meant.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'HSS agent on the server, 1 to 64 characters. HSS: `agent_id`.' }),
    port: t.int({ required: true, description: 'Port number, 0 to 2,147,483,647. HSS: `port`.' }),
    protocol: t.field({
      type: TransportProtocol,
      required: true,
      description: 'TCP or UDP: HSS documents no others here. HSS: `port_type`.',
    }),
    containerId: t.id({ description: 'Container, up to 64 characters. HSS: `container_id`.' }),
    hostId: t.id({ description: 'Server, up to 64 characters. Needed to read `host` of the result. HSS: `host_id`.' }),
  }),
});

const SetPortIgnoreInput = builder.inputType('SetPortIgnoreInput', {
  description: 'Which ports to ignore, or to ignore no longer: 1 to 2,000, by id, by their parts, or both.',
  fields: (t) => ({
    ignore: t.boolean({
      required: true,
      description:
        'True: ignore the ports. False: take them seriously again. HSS: `operate_type` is `ignore` or `not_ignore`.',
    }),
    portIds: t.idList({
      description: '`OpenPort.id` of ports, each with the category and enterprise project it was read under.',
    }),
    ports: t.field({ type: [OpenPortKeyInput], description: 'Ports by their parts.' }),
    category: t.field({
      type: AssetCategory,
      defaultValue: 'host',
      description: 'Kind of asset that `ports` are of. HSS: `category`.',
    }),
    enterpriseProjectId: t.id({
      description:
        'Enterprise project of the assets, up to 256 characters, or `all_granted_eps`. Left out: for `portIds` the one they were read under; for `ports` the one configured for this gateway, else the default one. HSS: `enterprise_project_id`.',
    }),
  }),
});

/** A target, and what is known of it after the write. */
interface Result {
  readonly portId: string | null;
  readonly target: PortChange;
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
  .objectRef<{ readonly code: string; readonly message: string }>('SetPortIgnoreError')
  .implement({
    description:
      'Why a port was not accepted. HSS refuses calls of up to 200 ports as a whole: the reason may lie with another port of the same call.',
    fields: (t) => ({
      code: t.exposeString('code', {
        description: 'The codes of `extensions.code`, for example FORBIDDEN or UPSTREAM_TIMEOUT.',
      }),
      message: t.exposeString('message', { description: 'The same for a human reader, in English.' }),
    }),
  });

const SetPortIgnoreResult = builder.objectRef<Result>('SetPortIgnoreResult').implement({
  description: 'What became of one port.',
  fields: (t) => ({
    outcome: t.field({
      type: SetPortIgnoreOutcome,
      description: 'What is known of it.',
      resolve: ({ outcome }) => outcome.kind,
    }),
    portId: t.id({
      nullable: true,
      description: 'The id as given, for ports given by id.',
      resolve: ({ portId }) => portId,
    }),
    agentId: t.id({ description: 'HSS agent on the server.', resolve: ({ target }) => target.agentId }),
    port: t.int({ description: 'Port number.', resolve: ({ target }) => target.port }),
    protocol: t.field({
      type: TransportProtocol,
      description: 'Transport protocol.',
      resolve: ({ target }) => target.protocol,
    }),
    containerId: t.id({
      nullable: true,
      description: 'Container, if any.',
      resolve: ({ target }) => target.containerId,
    }),
    hostId: t.id({
      nullable: true,
      description: 'Server, where it was given.',
      resolve: ({ target }) => target.hostId,
    }),
    host: t.field({
      type: Host,
      nullable: true,
      description:
        'The server, to read its ports again in the same operation: HSS is asked anew. Null where it was not given.',
      resolve: ({ target }): HostReference | null => (target.hostId === null ? null : { id: target.hostId }),
    }),
    error: t.field({
      type: SetPortIgnoreError,
      nullable: true,
      description: 'Why it was not accepted; null when it was.',
      resolve: ({ outcome }) =>
        outcome.kind === 'accepted' ? null : { code: codeOfKind[outcome.error.kind], message: outcome.error.message },
    }),
  }),
});

interface Payload {
  readonly ignore: boolean;
  readonly results: readonly Result[];
}

const countOf = ({ results }: Payload, kind: Outcome['kind']): number =>
  results.filter(({ outcome }) => outcome.kind === kind).length;

const SetPortIgnorePayload = builder.objectRef<Payload>('SetPortIgnorePayload').implement({
  description:
    'What became of each port. HSS does not tell whether a port is ignored: a client remembers what was accepted.',
  fields: (t) => ({
    ignore: t.exposeBoolean('ignore', { description: 'As asked for.' }),
    results: t.field({
      type: [SetPortIgnoreResult],
      description: 'One for each port, `portIds` first, then `ports`, in the order of the input.',
      resolve: ({ results }) => [...results],
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
  }),
});

builder.mutationType({
  description: 'Changes in HSS.',
  fields: (t) => ({
    setPortIgnore: t.field({
      type: SetPortIgnorePayload,
      description:
        'Ignores open ports, or stops ignoring them. Ports go to HSS in calls of up to 200, and each gets an outcome of its own. Saying the same twice is safe.',
      args: {
        input: t.arg({
          type: SetPortIgnoreInput,
          required: true,
          description: 'Which ports, and what to do with them.',
        }),
      },
      resolve: async (_mutation, { input }, { caller, settings }) => {
        const { changePortStatus } = caller();
        const targets = readTargets(input, settings);
        const outcomes = await changePortStatus(
          input.ignore,
          targets.map(({ target }) => target),
        );
        return {
          ignore: input.ignore,
          results: targets.map((result, index) => ({ ...result, outcome: outcomes[index] as Outcome })),
        };
      },
    }),
  }),
});

type Input = typeof SetPortIgnoreInput.$inferInput;

/** All targets in the order of the results, or the first argument at fault. */
function readTargets(input: Input, settings: Settings): Omit<Result, 'outcome'>[] {
  const { portIds, ports } = input;
  const count = (portIds?.length ?? 0) + (ports?.length ?? 0);
  if (count < 1 || count > mostTargets) {
    throw badInput('input', `\`input.portIds\` and \`input.ports\` must name 1 to ${mostTargets} ports together.`);
  }
  const enterpriseProjectId = readText(input.enterpriseProjectId, 'input.enterpriseProjectId', 256);
  const place = {
    category: input.category ?? 'host',
    enterpriseProjectId: enterpriseProjectId ?? settings.enterpriseProjectId,
  };
  return [
    ...(portIds ?? []).map((portId, index) => ({
      portId,
      target: readPortId(portId, `input.portIds.${index}`, enterpriseProjectId),
    })),
    ...(ports ?? []).map((port, index) => ({
      portId: null,
      target: { ...readPort(port, `input.ports.${index}`), ...place },
    })),
  ];
}

function readPort(
  port: typeof OpenPortKeyInput.$inferInput,
  path: string,
): Omit<PortChange, 'category' | 'enterpriseProjectId'> {
  const { protocol } = port;
  if (protocol !== 'TCP' && protocol !== 'UDP') throw badInput(`${path}.protocol`, 'HSS takes TCP and UDP here.');
  return {
    agentId: readRequiredText(port.agentId, `${path}.agentId`, 64),
    port: readInt(port.port, `${path}.port`, 0, mostPort),
    protocol,
    containerId: readText(port.containerId, `${path}.containerId`, 64),
    hostId: readText(port.hostId, `${path}.hostId`, 64),
  };
}

/** An id brings its category and enterprise project with it; an enterprise project that is named goes before. */
function readPortId(id: string, argument: string, enterpriseProjectId: string | null): PortChange {
  const key = toOpenPortKey(id, argument);
  const { agentId, port, protocolWord: protocol, containerId, hostId } = key;
  if (agentId === null || agentId.length > 64 || port === null || (protocol !== 'TCP' && protocol !== 'UDP')) {
    throw badInput(
      argument,
      `\`${argument}\` is of a row that HSS cannot be told to ignore: it needs an agent, a port, and TCP or UDP.`,
    );
  }
  if (containerId !== null && containerId.length > 64) {
    throw badInput(
      argument,
      `\`${argument}\` is of a container whose id is longer than the 64 characters that HSS takes.`,
    );
  }
  return {
    agentId,
    port,
    protocol,
    containerId,
    hostId,
    category: key.category,
    enterpriseProjectId: enterpriseProjectId ?? key.enterpriseProjectId,
  };
}
