import { toTarget, type NamedPort } from '../writes/ignorable-port.ts';
import { isRefused, type PortChange, type Target } from '../writes/port-change.ts';
import { badInput } from '../errors/client-error.ts';
import { readInt, readOptionalText, readRequiredText } from './arguments.ts';
import { builder } from './builder.ts';
import type { Settings } from './gateway-context.ts';
import { toOpenPortIdParts } from './open-port.ts';
import { AssetCategory, TransportProtocol } from './port-enums.ts';
import { maxEnterpriseProjectIdLength, maxWrittenIdLength, maxWrittenPortNumber } from '../hss/bounds.ts';

const maxPorts = 2_000;

const OpenPortKeyInput = builder.inputType('OpenPortKeyInput', {
  description:
    'A port, identified as HSS does for ignoring: stands for all rows with this agent, port, protocol and container.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'HSS agent on the server, 1 to 64 characters. HSS: `agent_id`.' }),
    port: t.int({ required: true, description: 'Port number, 0 to 2,147,483,647. HSS: `port`.' }),
    protocol: t.field({
      type: TransportProtocol,
      required: true,
      description: 'TCP or UDP. HSS documents no others here, so TCP6 and UDP6 are REJECTED. HSS: `port_type`.',
    }),
    containerId: t.id({ description: 'Container, up to 64 characters. HSS: `container_id`.' }),
    hostId: t.id({
      description: 'Server, up to 64 characters. Without it, `host` of the result is null. HSS: `host_id`.',
    }),
  }),
});

export const SetPortIgnoreInput = builder.inputType('SetPortIgnoreInput', {
  description: 'Which ports to ignore, or to stop ignoring: 1 to 2,000 in all, by `portIds`, by `ports`, or both.',
  fields: (t) => ({
    ignore: t.boolean({
      required: true,
      description:
        'True: ignore the ports. False: stop ignoring them. HSS: `operate_type` is `ignore` or `not_ignore`.',
    }),
    portIds: t.idList({
      description: 'Ports by `OpenPort.id`. An id carries the category and enterprise project that it was read with.',
    }),
    ports: t.field({ type: [OpenPortKeyInput], description: 'Ports by agent, port number, protocol and container.' }),
    category: t.field({
      type: AssetCategory,
      defaultValue: 'host',
      description:
        'Whether `ports` are on the server itself or in containers; `portIds` have their own. HSS: `category`.',
    }),
    enterpriseProjectId: t.id({
      description:
        'Enterprise project of the servers, up to 256 characters, or `all_granted_eps`. Default: for `portIds` the one they were read with; for `ports` the one configured for this gateway, or else `0`. HSS: `enterprise_project_id`.',
    }),
  }),
});

/** One target of the input. */
export type SetPortIgnoreTarget = Target & {
  /** The id as given; null for a port given by its parts. */
  readonly portId: string | null;
};

type Input = typeof SetPortIgnoreInput.$inferInput;

/** Where HSS should look for a port. */
type Scope = Pick<PortChange, 'category' | 'enterpriseProjectId'>;

/** How many targets an input names; 0 if there are too many and it is refused. */
export function countTargets({ portIds, ports }: Pick<Input, 'portIds' | 'ports'>): number {
  const count = (portIds?.length ?? 0) + (ports?.length ?? 0);
  return count > maxPorts ? 0 : count;
}

/** All targets in the order of the results. Throws for the first argument at fault. */
export function readTargets(input: Input, settings: Settings): SetPortIgnoreTarget[] {
  const { portIds, ports, category } = input;
  if (countTargets(input) === 0) {
    throw badInput('input', `\`input.portIds\` and \`input.ports\` must name 1 to ${maxPorts} ports together.`);
  }
  const named = readOptionalText(input.enterpriseProjectId, 'input.enterpriseProjectId', maxEnterpriseProjectIdLength);
  const scope = { category: category ?? 'host', enterpriseProjectId: named ?? settings.enterpriseProjectId };
  return [
    ...(portIds ?? []).map((id, index) => readPortId(id, `input.portIds.${index}`, named)),
    ...(ports ?? []).map((port, index) => ({ ...readPort(port, `input.ports.${index}`, scope), portId: null })),
  ];
}

function readPort(port: typeof OpenPortKeyInput.$inferInput, path: string, scope: Scope): Target {
  return toScoped(scope, {
    agentId: readRequiredText(port.agentId, `${path}.agentId`, maxWrittenIdLength),
    port: readInt(port.port, `${path}.port`, 0, maxWrittenPortNumber),
    protocolText: port.protocol,
    containerId: readOptionalText(port.containerId, `${path}.containerId`, maxWrittenIdLength),
    hostId: readOptionalText(port.hostId, `${path}.hostId`, maxWrittenIdLength),
  });
}

/** An id has its own category and enterprise project; an enterprise project in the input takes precedence. */
function readPortId(id: string, argument: string, named: string | null): SetPortIgnoreTarget {
  const row = toOpenPortIdParts(id, argument);
  const { category, enterpriseProjectId } = row;
  return { ...toScoped({ category, enterpriseProjectId: named ?? enterpriseProjectId }, row), portId: id };
}

function toScoped({ category, enterpriseProjectId }: Scope, named: NamedPort): Target {
  const target = toTarget(named);
  return isRefused(target) ? target : { ...target, category, enterpriseProjectId };
}
