import type { IncomingMessage } from 'node:http';

const bodyLimit = 12 * 1024 * 1024;

/** Reads a body to its end; null if it exceeds the 12 MB that the gateway in front of HSS accepts. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and discarded: otherwise a client that is still sending would lose the answer to a reset.
    if (size <= bodyLimit) chunks.push(chunk);
  }
  return size > bodyLimit ? null : Buffer.concat(chunks).toString('utf8');
}

/** The JSON of a body; null if it is not JSON. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
