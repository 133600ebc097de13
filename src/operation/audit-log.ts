import { always, type Logger } from '../log.ts';
import type { Client } from './client.ts';
import type { AuditedTarget } from '../writes/audit.ts';
import { codeOfKind } from '../errors/codes.ts';
import type { WriteAudit } from './context.ts';

/** Some container runtimes cut a line at 16 KiB; these targets take less, however long their ids are. */
const targetsOfLine = 40;

/**
 * The record of writes, a stream of its own: whatever LOG_LEVEL says, a line for each write with who asked and what it came
 * to, and lines with each of its targets.
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
    for (let from = 0; from < targets; from += targetsOfLine) {
      const part = results.slice(from, from + targetsOfLine).map(toLine);
      stream.info({ requestId, operateType, from, results: part }, 'audit targets');
    }
  };
}

/** A target as HSS knows it, as far as it is known, and what became of it. */
function toLine({ target, outcome }: AuditedTarget): object {
  const { agentId, port, protocol, containerId, hostId } = target;
  const { kind } = outcome.result === 'accepted' ? { kind: null } : outcome.error;
  return {
    outcome: outcome.result.toUpperCase(),
    ...(kind !== null && { code: codeOfKind[kind] }),
    agentId,
    port,
    protocol,
    containerId,
    hostId,
  };
}
