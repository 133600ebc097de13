import type { Category, OpenPort, PortList } from '../hss/list-ports.ts';

/** A row of a port list, with what tells it from the list's other rows. */
export interface PortRow {
  readonly list: PortList;
  readonly row: OpenPort;
  /** 0, or 1, 2 … where HSS sent rows that differ in nothing that identifies them. */
  readonly ordinal: number;
  /** Equal for equal rows of one list, whichever read they came with. */
  readonly identity: string;
}

/** What an OpenPort.id says: where the row was read, and which row it is. */
export interface OpenPortIdParts {
  readonly hostId: string;
  readonly category: Category;
  readonly enterpriseProjectId: string | null;
  readonly agentId: string | null;
  readonly containerId: string | null;
  readonly protocolText: string | null;
  readonly listenAddress: string | null;
  readonly port: number | null;
  readonly pid: number | null;
  /** Stands in where there is no pid to tell processes apart. */
  readonly executablePath: string | null;
  readonly ordinal: number;
}

const version = 1;
/** Rows within HSS's documented bounds stay below it. */
const maxIdLength = 4_096;
/** Ports and pids are 32-bit integers here, as in GraphQL. */
const maxCount = 2 ** 31 - 1;

/**
 * Opaque to clients: base64url of a JSON array. HSS's default enterprise project, `0`, is the same as none. Status is no
 * part of it, so that the id survives its change.
 */
export function toOpenPortId({ list, row, ordinal }: PortRow): string {
  // Part by part: to spread the row takes seven times as long, and a page has a thousand of them.
  return encode({
    hostId: list.hostId,
    category: list.category,
    enterpriseProjectId: list.enterpriseProjectId,
    agentId: row.agentId,
    containerId: row.containerId,
    protocolText: row.protocolText,
    listenAddress: row.listenAddress,
    port: row.port,
    pid: row.pid,
    executablePath: processPath(row),
    ordinal,
  });
}

/** Null where the id is not one of ours. */
export function readOpenPortId(id: string): OpenPortIdParts | null {
  if (id.length > maxIdLength) return null;
  try {
    const key = decode(JSON.parse(Buffer.from(id, 'base64url').toString('utf8')));
    // One row, one id: another spelling of the same is none of ours.
    return encode(key) === id ? key : null;
  } catch {
    return null;
  }
}

/** What identifies a row within its list, in the row itself and in its id. Status is no part of it. */
type IdentifyingParts = Pick<
  OpenPort,
  'agentId' | 'containerId' | 'protocolText' | 'listenAddress' | 'port' | 'pid' | 'executablePath'
>;

/** Equal for a row and its id, and for nothing else of a list. */
export function identityOf(parts: IdentifyingParts, ordinal: number): string {
  const { agentId, containerId, protocolText, listenAddress, port, pid } = parts;
  return JSON.stringify([agentId, containerId, protocolText, listenAddress, port, pid, processPath(parts), ordinal]);
}

/** HSS documents pids from 1; some of its answers say 0 where there is no process. */
const processPath = ({ pid, executablePath }: IdentifyingParts): string | null =>
  pid === null || pid === 0 ? executablePath : null;

function encode(key: OpenPortIdParts): string {
  const parts = [
    version,
    key.hostId,
    key.category,
    key.enterpriseProjectId === '0' ? null : key.enterpriseProjectId,
    key.agentId,
    key.containerId,
    key.protocolText,
    key.listenAddress,
    key.port,
    key.pid,
    key.executablePath,
    key.ordinal,
  ];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function decode(parts: unknown): OpenPortIdParts {
  if (!Array.isArray(parts) || parts[0] !== version) throw new TypeError('not an id');
  const at = (index: number): unknown => (parts as unknown[])[index];
  return {
    hostId: readText(at(1), 128),
    category: readCategory(at(2)),
    enterpriseProjectId: orNull(at(3), (value) => readText(value, 256)),
    agentId: orNull(at(4), readText),
    containerId: orNull(at(5), readText),
    protocolText: orNull(at(6), readText),
    listenAddress: orNull(at(7), readText),
    port: orNull(at(8), readCount),
    pid: orNull(at(9), readCount),
    executablePath: orNull(at(10), readText),
    ordinal: readCount(at(11)),
  };
}

function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}

function readText(value: unknown, longest = maxIdLength): string {
  if (typeof value !== 'string' || value === '' || value.length > longest) throw new TypeError('not a text');
  return value;
}

function readCount(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > maxCount)
    throw new TypeError('not a count');
  return value;
}

function readCategory(value: unknown): Category {
  if (value !== 'host' && value !== 'container') throw new TypeError('not a category');
  return value;
}
