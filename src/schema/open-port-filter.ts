import type { PortList } from '../hss/list-ports.ts';
import { viewOrNull, type ListView } from '../reads/list-view.ts';
import { checkCount, readInt, readOptionalText, readRequiredText } from './arguments.ts';
import { builder } from './builder.ts';
import type { Settings } from './gateway-context.ts';
import { toOrders, type OpenPortOrder } from './open-port-order.ts';
import { AssetCategory, PortStatus, TransportProtocol } from './port-enums.ts';
import {
  maxAddressLength,
  maxEnterpriseProjectIdLength,
  maxHostNameLength,
  maxPathLength,
  maxPortNumber,
} from '../hss/bounds.ts';

const maxItems = 100;

const matchedByHss = '. HSS does not document whether a partial match is enough.';
// HSS filters by at most one value.
const fromWholeList = 'Needs the whole list: see `Host.ports`.';
const severalFromWholeList = 'More than one needs the whole list: see `Host.ports`.';

export const OpenPortFilterInput = builder.inputType('OpenPortFilterInput', {
  description: 'Filters. A row must match all of them; for a list, any one of its items.',
  fields: (t) => ({
    port: t.int({ description: 'Port number, 1 to 65535. HSS: `port`.' }),
    protocol: t.field({ type: TransportProtocol, description: 'Transport protocol. HSS: `type`.' }),
    status: t.field({
      type: PortStatus,
      description:
        'Danger level. UNKNOWN matches only what HSS itself calls unknown, not statuses that this gateway does not know. HSS: `status`.',
    }),
    hostName: t.string({
      description: `Name of the server, up to 128 characters${matchedByHss} HSS: \`host_name\`.`,
    }),
    hostIp: t.string({
      description: `IP address of the server, up to 128 characters${matchedByHss} HSS: \`host_ip\`.`,
    }),
    category: t.field({
      type: AssetCategory,
      defaultValue: 'host',
      description: 'Whether to list ports of the server itself, or of containers on it. HSS: `category`.',
    }),
    enterpriseProjectId: t.id({
      description:
        'Enterprise project of the server, up to 256 characters; `0` is the default project, `all_granted_eps` means all that the token may see. Default: the one configured for this gateway, or else `0`. If a list is unexpectedly empty, the server is often in another enterprise project. HSS: `enterprise_project_id`.',
    }),
    statuses: t.field({ type: [PortStatus], description: `Danger levels, 1 to 3. ${severalFromWholeList}` }),
    protocols: t.field({
      type: [TransportProtocol],
      description: `Transport protocols, 1 to 4. ${severalFromWholeList}`,
    }),
    portNumbers: t.intList({
      description: `Port numbers, 1 to ${maxItems}, each 1 to ${maxPortNumber}. ${severalFromWholeList}`,
    }),
    executablePathContains: t.string({
      description: `Part of the path of the executable, 1 to 256 characters, case-insensitive. ${fromWholeList}`,
    }),
    listenAddresses: t.stringList({
      description: `Addresses, 1 to ${maxItems}, each up to 128 characters, matched exactly: \`0.0.0.0\` matches no other address. ${fromWholeList}`,
    }),
  }),
});

type OpenPortFilter = typeof OpenPortFilterInput.$inferInput;

export interface ListArguments {
  readonly filter?: OpenPortFilter | null | undefined;
  readonly orderBy?: readonly OpenPortOrder[] | null | undefined;
}

/** The port list that a filter names for a host. Values left out, null or empty do not filter. */
export function toPortList(host: { readonly id: string }, { filter }: ListArguments, settings: Settings): PortList {
  const { port, protocol, status, hostName, hostIp, category, enterpriseProjectId } = filter ?? {};
  return {
    hostId: host.id,
    port: port == null ? null : readInt(port, 'filter.port', 1, maxPortNumber),
    protocol: protocol ?? null,
    status: status ?? null,
    hostName: readOptionalText(hostName, 'filter.hostName', maxHostNameLength),
    hostIp: readOptionalText(hostIp, 'filter.hostIp', maxAddressLength),
    category: category ?? 'host',
    enterpriseProjectId:
      readOptionalText(enterpriseProjectId, 'filter.enterpriseProjectId', maxEnterpriseProjectIdLength) ??
      settings.enterpriseProjectId,
  };
}

/** Whether the list needs more than HSS can do alone. Only an estimate: the arguments are not checked yet. */
export function needsWholeList({ filter, orderBy }: ListArguments): boolean {
  if (orderBy && orderBy.length > 0) return true;
  if (!filter) return false;
  const { listenAddresses = null, executablePathContains = null } = filter;
  return (
    executablePathContains !== null ||
    (listenAddresses !== null && listenAddresses.length > 0) ||
    hasSeveral(filter.status, filter.statuses) ||
    hasSeveral(filter.protocol, filter.protocols) ||
    hasSeveral(filter.port, filter.portNumbers)
  );
}

/** HSS filters by one value. */
const hasSeveral = (one: unknown, several: readonly unknown[] | null | undefined): boolean =>
  one == null && several != null && several.length > 1 && new Set(several).size > 1;

/** What the list needs that HSS cannot do alone; null if nothing. */
export function toListView({ filter, orderBy }: ListArguments): ListView | null {
  const { statuses, protocols, portNumbers, executablePathContains, listenAddresses } = filter ?? {};
  return viewOrNull({
    statuses: readItems(statuses, 'filter.statuses', 3),
    protocols: readItems(protocols, 'filter.protocols', 4),
    portNumbers: readItems(portNumbers, 'filter.portNumbers', maxItems, (port, path) =>
      readInt(port, path, 1, maxPortNumber),
    ),
    executablePathContains:
      executablePathContains == null
        ? null
        : readRequiredText(executablePathContains, 'filter.executablePathContains', maxPathLength),
    listenAddresses: readItems(listenAddresses, 'filter.listenAddresses', maxItems, (address, path) =>
      readOptionalText(address, path, maxAddressLength),
    ),
    orderBy: toOrders(orderBy),
  });
}

/** A list of 1 to `max` items, each checked. */
function readItems<T>(
  items: readonly T[] | null | undefined,
  argument: string,
  max: number,
  check?: (item: T, argument: string) => unknown,
): readonly T[] | null {
  if (!items) return null;
  checkCount(items, argument, 1, max);
  if (check) for (const [index, item] of items.entries()) check(item, `${argument}.${index}`);
  return items;
}
