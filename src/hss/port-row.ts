import { maxInt } from '../max-int.ts';
import { protocols, type Category, type PortList, type Protocol, type Status } from './list-ports.ts';
import { numberTwins } from './row-identity.ts';
import type { UnknownValues } from './transport/unknown-values.ts';

/**
 * A row of a port list, and where it was read. Null: HSS left the field out, sent an empty string, or not the
 * documented type. Operations may share rows, so they must not be changed.
 */
export interface PortRow {
  /** The host that was asked for. */
  readonly hostId: string;
  readonly category: Category;
  readonly enterpriseProjectId: string | null;
  readonly port: number | null;
  /** Also null if HSS uses an undocumented word. */
  readonly protocol: Protocol | null;
  /** HSS's own word for the protocol. */
  readonly protocolText: string | null;
  readonly status: Status | null;
  readonly listenAddress: string | null;
  readonly pid: number | null;
  readonly executablePath: string | null;
  readonly agentId: string | null;
  readonly containerId: string | null;
  /** 0; or 1, 2 … for further rows of one answer with the same identifying parts. */
  readonly ordinal: number;
}

/** What one call says about a list. */
export interface PortListPart {
  /** `total_num`: the list's number of rows. Documented to stop at 10,000, while rows may go on. */
  readonly total: number;
  /** In list order; null stands for a row of another host, which is never shown. */
  readonly rows: readonly (PortRow | null)[];
  /** Of the answer. */
  readonly bytes: number;
}

/** What was asked for, and how many bytes came. */
interface Asked {
  readonly list: PortList;
  readonly offset: number;
  readonly limit: number;
  readonly bytes: number;
}

/**
 * Reads the documented answer tolerantly: fields may be missing; unknown fields, and rows beyond those requested, are
 * ignored. Null if the answer is a different one.
 */
export function readPortListPart(json: unknown, asked: Asked, values: UnknownValues): PortListPart | null {
  if (!isObject(json)) return null;
  const total = readCount(json.total_num, 'total_num', values);
  if (total === null) return null;
  // HSS's own models omit an empty list.
  const list: unknown = json.data_list ?? (total <= asked.offset ? [] : null);
  if (!Array.isArray(list)) return null;
  const given: readonly unknown[] = list.slice(0, asked.limit);
  if (!given.every(isObject)) return null;
  const rows = given.map((row) => readRow(row, asked.list, values));
  numberTwins(rows);
  return { total, rows, bytes: asked.bytes };
}

function readRow(row: Fields, list: PortList, values: UnknownValues): PortRow | null {
  const hostId = row.host_id ?? '';
  if (hostId !== '' && hostId !== list.hostId) {
    values.noticeForeignRow();
    return null;
  }
  const protocolText = readText(row.type, 'type', values);
  return {
    hostId: list.hostId,
    category: list.category,
    enterpriseProjectId: list.enterpriseProjectId,
    port: readCount(row.port, 'port', values),
    protocol: protocolText === null ? null : readProtocol(protocolText, values),
    protocolText,
    status: readStatus(readText(row.status, 'status', values), values),
    listenAddress: readText(row.laddr, 'laddr', values),
    pid: readCount(row.pid, 'pid', values),
    executablePath: readText(row.path, 'path', values),
    agentId: readText(row.agent_id, 'agent_id', values),
    containerId: readText(row.container_id, 'container_id', values),
    ordinal: 0,
  };
}

function readProtocol(word: string, values: UnknownValues): Protocol | null {
  const protocol = protocols.find((known) => known === word);
  if (protocol === undefined) values.notice('type', word);
  return protocol ?? null;
}

function readStatus(word: string | null, values: UnknownValues): Status | null {
  if (word === null || word === 'normal' || word === 'danger') return word;
  if (word !== 'unknow' && word !== 'unknown') values.notice('status', word);
  return 'unknown';
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readText(value: unknown, field: string, values: UnknownValues): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (value != null) values.noticeType(field);
  return null;
}

/** A string of digits is read as a number. */
function readCount(value: unknown, field: string, values: UnknownValues): number | null {
  if (isCount(value)) return value;
  if (value == null) return null;
  values.noticeType(field);
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : null;
  return isCount(number) ? number : null;
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= maxInt;
