import type { PortList } from '../hss/list-ports.ts';
import { readInt, readText } from './arguments.ts';
import { builder } from './builder.ts';
import type { Settings } from './gateway-context.ts';
import { AssetCategory, PortStatus, TransportProtocol } from './port-enums.ts';

export const OpenPortFilterInput = builder.inputType('OpenPortFilterInput', {
  description: 'What open ports are filtered by, in HSS. A row must match all that is given.',
  fields: (t) => ({
    port: t.int({ description: 'Port number, 1 to 65535. HSS: `port`.' }),
    protocol: t.field({ type: TransportProtocol, description: 'Transport protocol. HSS: `type`.' }),
    status: t.field({
      type: PortStatus,
      description:
        'Danger level. UNKNOWN finds what HSS calls so, not rows with a word that this gateway does not know. HSS: `status`.',
    }),
    hostName: t.string({
      description: 'Name that the server must have, up to 128 characters; HSS matches it. HSS: `host_name`.',
    }),
    hostIp: t.string({ description: 'IP address that the server must have, up to 128 characters. HSS: `host_ip`.' }),
    category: t.field({
      type: AssetCategory,
      defaultValue: 'host',
      description: 'Ports of the server itself, or of containers on it. HSS: `category`.',
    }),
    enterpriseProjectId: t.id({
      description:
        'Enterprise project that the server belongs to, up to 256 characters; `0` is the default one, `all_granted_eps` means all that the token may see. Left out: the one configured for this gateway, else the default one. A list that looks empty is often in another enterprise project. HSS: `enterprise_project_id`.',
    }),
  }),
});

type OpenPortFilter = typeof OpenPortFilterInput.$inferInput;

/** The list of a host's ports that a filter names. What is left out, null or empty is not filtered by. */
export function toPortList(
  host: { readonly id: string },
  filter: OpenPortFilter | null | undefined,
  settings: Settings,
): PortList {
  const { port, protocol, status, hostName, hostIp, category, enterpriseProjectId } = filter ?? {};
  return {
    hostId: host.id,
    port: port == null ? null : readInt(port, 'filter.port', 1, 65_535),
    protocol: protocol ?? null,
    status: status ?? null,
    hostName: readText(hostName, 'filter.hostName', 128),
    hostIp: readText(hostIp, 'filter.hostIp', 128),
    category: category ?? 'host',
    enterpriseProjectId:
      readText(enterpriseProjectId, 'filter.enterpriseProjectId', 256) ?? settings.enterpriseProjectId,
  };
}
