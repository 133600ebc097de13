import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Exchange } from './exchange.ts';
import { startReply } from './reply.ts';

const rowsPerPiece = 400;

/** A list that repeats one port, in pieces that form valid JSON together; by default 256 of 72 KiB, 18 MiB in all. */
export function* hugeBody(pieces = 256): Generator<string> {
  const row = JSON.stringify({
    agent_id: 'f'.repeat(64),
    container_id: '',
    host_id: 'huge',
    laddr: '0.0.0.0',
    path: '/usr/sbin/sshd',
    pid: 1,
    port: 22,
    status: 'unknow',
    type: 'TCP',
  });
  const piece = Array.from({ length: rowsPerPiece }, () => row).join(',');
  yield '{"data_list":[';
  for (let sent = 0; sent < pieces; sent += 1) yield sent === 0 ? piece : `,${piece}`;
  yield `],"total_num":${String(rowsPerPiece * pieces)}}`;
}

/** Answers with such a list, as fast as the client takes it. */
export async function sendHugeBody(exchange: Exchange): Promise<void> {
  startReply(exchange, {
    status: 200,
    contentType: 'application/json',
    headers: { 'transfer-encoding': 'chunked' },
  });
  // A client that leaves before the end is not an error.
  await pipeline(Readable.from(hugeBody()), exchange.response).catch(() => undefined);
}
