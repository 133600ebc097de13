import { endpointPath, type Endpoint } from './transport/endpoint.ts';
import type { UnknownValues } from './transport/unknown-values.ts';

/** @see https://support.huaweicloud.com/intl/en-us/api-hss2.0/ListPorts.html */
export const listPortsEndpoint: Endpoint = {
  name: 'ListPorts',
  method: 'GET',
  template: '/v5/{project_id}/asset/ports',
};

/** Asset kinds of HSS. */
export type Category = 'host' | 'container';

/** Transport protocols by HSS's words. The documents name TCP and UDP; HSS's statistics also know TCP6 and UDP6. */
export const protocols = ['TCP', 'UDP', 'TCP6', 'UDP6'] as const;
export type Protocol = (typeof protocols)[number];

/** Danger levels of a port. HSS spells the last one `unknow`. */
export type Status = 'normal' | 'danger' | 'unknown';

/** One list of open ports: a host, and what its rows are filtered by. Null: not filtered by it. */
export interface PortList {
  readonly hostId: string;
  readonly port: number | null;
  readonly protocol: Protocol | null;
  readonly status: Status | null;
  readonly hostName: string | null;
  readonly hostIp: string | null;
  readonly category: Category;
  /** Null: HSS's own default, the default enterprise project. */
  readonly enterpriseProjectId: string | null;
}

/** A row of the list as HSS tells it; null where HSS left a field out, or sent the empty string. */
export interface OpenPort {
  readonly hostId: string | null;
  readonly port: number | null;
  /** Null also where HSS uses a word that its documents do not know. */
  readonly protocol: Protocol | null;
  /** HSS's own word for the protocol. */
  readonly protocolText: string | null;
  readonly status: Status | null;
  readonly listenAddress: string | null;
  readonly pid: number | null;
  readonly executablePath: string | null;
  readonly agentId: string | null;
  readonly containerId: string | null;
}

/** What one call tells of a list. */
export interface PortListPart {
  /** `total_num`: how many rows the list has. Documented up to 10,000, while rows may go on. */
  readonly total: number;
  readonly rows: readonly OpenPort[];
}

/** HSS takes a `limit` of 10 to 200 rows and an `offset` of up to 2,000,000. */
export const minRows = 10;
export const maxRows = 200;
export const maxOffset = 2_000_000;
/** `total_num` is documented to stop here. */
export const totalCap = 10_000;

/** What HSS is asked for, but for the part of the list. */
function listQuery(list: PortList): URLSearchParams {
  const query = new URLSearchParams({ host_id: list.hostId, category: list.category });
  if (list.hostName !== null) query.set('host_name', list.hostName);
  if (list.hostIp !== null) query.set('host_ip', list.hostIp);
  if (list.port !== null) query.set('port', String(list.port));
  if (list.protocol !== null) query.set('type', list.protocol);
  // The answers' own spelling: HSS's filter is tested with the word that its rows carry.
  if (list.status !== null) query.set('status', list.status === 'unknown' ? 'unknow' : list.status);
  if (list.enterpriseProjectId !== null) query.set('enterprise_project_id', list.enterpriseProjectId);
  return query;
}

/** Equal for lists that HSS cannot tell apart. It takes a missing enterprise project for `0`, the default one. */
export function listKey(list: PortList): string {
  return listQuery({ ...list, enterpriseProjectId: list.enterpriseProjectId ?? '0' }).toString();
}

export function listPortsPath(projectId: string, list: PortList, offset: number, limit: number): string {
  const query = listQuery(list);
  query.set('limit', String(limit));
  query.set('offset', String(offset));
  return endpointPath(listPortsEndpoint, projectId, query);
}

/**
 * Reads the documented answer to a call from `offset` on, tolerantly: fields may be missing, unknown ones are passed over.
 * Null: it is another answer.
 */
export function readPortListPart(json: unknown, offset: number, words: UnknownValues): PortListPart | null {
  if (!isObject(json)) return null;
  const { total_num: total, data_list: rows } = json;
  // HSS's own models leave an empty list out.
  const list: unknown = rows ?? (isCount(total) && total <= offset ? [] : null);
  if (!isCount(total) || !Array.isArray(list) || !list.every(isObject)) return null;
  return { total, rows: list.map((row) => readOpenPort(row, words)) };
}

function readOpenPort(row: Record<string, unknown>, words: UnknownValues): OpenPort {
  const protocolText = readString(row.type);
  return {
    hostId: readString(row.host_id),
    port: readInt(row.port),
    protocol: protocolText === null ? null : readProtocol(protocolText, words),
    protocolText,
    status: readStatus(readString(row.status), words),
    listenAddress: readString(row.laddr),
    pid: readInt(row.pid),
    executablePath: readString(row.path),
    agentId: readString(row.agent_id),
    containerId: readString(row.container_id),
  };
}

function readProtocol(word: string, words: UnknownValues): Protocol | null {
  const protocol = protocols.find((known) => known === word);
  if (protocol === undefined) words.notice('type', word);
  return protocol ?? null;
}

function readStatus(word: string | null, words: UnknownValues): Status | null {
  if (word === null || word === 'normal' || word === 'danger') return word;
  if (word !== 'unknow' && word !== 'unknown') words.notice('status', word);
  return 'unknown';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readString = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A GraphQL Int holds 32 bits. */
const maxInt = 2 ** 31 - 1;
const readInt = (value: unknown): number | null => (isCount(value) ? value : null);
const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= maxInt;
