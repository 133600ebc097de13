import { maxEnterpriseProjectIdLength, maxHostIdLength } from '../hss/bounds.ts';
import type { Category } from '../hss/list-ports.ts';
import type { PortRow } from '../hss/port-row.ts';
import { textOrDigest, type IdentifyingParts } from '../hss/row-identity.ts';
import { maxInt } from '../max-int.ts';

/** What an OpenPort.id says: where the row was read, and which row it is. */
export type OpenPortIdParts = IdentifyingParts & Pick<PortRow, 'hostId' | 'category' | 'enterpriseProjectId'>;

/** Ids of version 1 did not say which executable: they stand for no row, see docs/decisions/0008. */
const version = 2;
/** Rows within HSS's documented bounds stay below it. */
export const maxOpenPortIdLength = 4_096;

/**
 * Opaque to clients: base64url of a JSON array. HSS's default enterprise project, `0`, is the same as none. Status is no
 * part of it, so that the id survives its change.
 */
export function toOpenPortId(row: OpenPortIdParts): string {
  const parts = [
    version,
    row.hostId,
    row.category,
    row.enterpriseProjectId === '0' ? null : row.enterpriseProjectId,
    row.agentId,
    row.containerId,
    row.protocolText,
    textOrDigest(row.listenAddress),
    row.port,
    row.pid,
    textOrDigest(row.executablePath),
    row.ordinal,
  ];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Null where the id is not one of ours. */
export function readOpenPortId(id: string): OpenPortIdParts | null {
  if (id.length > maxOpenPortIdLength) return null;
  try {
    const parts = decode(JSON.parse(Buffer.from(id, 'base64url').toString('utf8')));
    // One row, one id: another spelling of the same, another version too, is none of ours.
    return toOpenPortId(parts) === id ? parts : null;
  } catch {
    return null;
  }
}

/** Throws where a part is missing or another than a row has. */
function decode(parts: unknown): OpenPortIdParts {
  const at = (index: number): unknown => (parts as unknown[])[index];
  return {
    hostId: requireSentText(at(1), maxHostIdLength),
    category: requireCategory(at(2)),
    enterpriseProjectId: orNull(at(3), (value) => requireSentText(value, maxEnterpriseProjectIdLength)),
    agentId: orNull(at(4), requireSentText),
    containerId: orNull(at(5), requireSentText),
    protocolText: orNull(at(6), requireText),
    listenAddress: orNull(at(7), requireText),
    port: orNull(at(8), requireCount),
    pid: orNull(at(9), requireCount),
    executablePath: orNull(at(10), requireText),
    ordinal: requireCount(at(11)),
  };
}

function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}

function requireText(value: unknown, maxLength = maxOpenPortIdLength): string {
  if (typeof value !== 'string' || value === '' || value.length > maxLength) throw new TypeError('not a text');
  return value;
}

/** What HSS may be sent: it would take half of a surrogate pair for another text, and no request may hold one. */
function requireSentText(value: unknown, maxLength?: number): string {
  const text = requireText(value, maxLength);
  if (!text.isWellFormed()) throw new TypeError('not a well-formed text');
  return text;
}

function requireCount(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > maxInt)
    throw new TypeError('not a count');
  return value;
}

function requireCategory(value: unknown): Category {
  if (value !== 'host' && value !== 'container') throw new TypeError('not a category');
  return value;
}
