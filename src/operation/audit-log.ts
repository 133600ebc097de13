import { always, type Logger } from '../log.ts';
import type { Client } from './client.ts';
import type { AuditedTarget } from '../writes/audit.ts';
import { isRefused, type PortChange } from '../writes/port-change.ts';
import { codeOfKind } from '../errors/codes.ts';
import type { WriteAudit } from './context.ts';

/** Some container runtimes cut a line at 16 KiB, so the targets in one are limited in bytes and in number. */
const maxBytesOfTargets = 15 * 1024;
const maxTargetsOfLine = 40;

const defaultScope: Pick<PortChange, 'category' | 'enterpriseProjectId'> = {
  category: 'host',
  enterpriseProjectId: null,
};

/**
 * The record of writes, a separate stream that ignores LOG_LEVEL: one line per write with its caller and its result, and
 * lines with each of its targets.
 */
export function createAuditLog(log: Logger): (audit: WriteAudit, client: Client) => void {
  const stream = always(log.child({ stream: 'audit' }));
  return ({ requestId, projectId, tokenDigest, results, ...audit }, client) => {
    const { operateType, chunks, accepted, rejected, unknown, codes } = audit;
    const targets = results.length;
    stream.info(
      {
        requestId,
        ...client,
        tokenDigest,
        projectId,
        operateType,
        targets,
        chunks,
        accepted,
        rejected,
        unknown,
        codes,
      },
      'audit',
    );
    let from = 0;
    for (const part of toParts(results.map(toEntry))) {
      stream.info({ requestId, operateType, from, results: part }, 'audit targets');
      from += part.length;
    }
  };
}

/** Splits the entries into those of one line each. */
function toParts(entries: readonly object[]): object[][] {
  const parts: object[][] = [];
  let part: object[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const own = Buffer.byteLength(JSON.stringify(entry)) + 1;
    if (part.length === 0 || part.length === maxTargetsOfLine || bytes + own > maxBytesOfTargets) {
      parts.push((part = []));
      bytes = 0;
    }
    part.push(entry);
    bytes += own;
  }
  return parts;
}

/** A target as far as it is known, its scope unless that is the default, and its outcome. */
function toEntry({ target, outcome }: AuditedTarget): object {
  const { agentId, port, protocol, containerId, hostId } = target;
  const { category, enterpriseProjectId } = isRefused(target) ? defaultScope : target;
  const { kind } = outcome.result === 'accepted' ? { kind: null } : outcome.error;
  return {
    outcome: outcome.result.toUpperCase(),
    ...(kind !== null && { code: codeOfKind[kind] }),
    agentId,
    port,
    protocol,
    containerId,
    hostId,
    ...(category !== defaultScope.category && { category }),
    ...(enterpriseProjectId !== defaultScope.enterpriseProjectId && { enterpriseProjectId }),
  };
}
