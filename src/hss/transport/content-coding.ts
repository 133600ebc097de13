import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Makes what takes a coding off, by the first of the bytes that it is for. */
type CreateDecoder = (bytes: Buffer) => Transform;

/** `deflate` is zlib's format, and some servers send it without zlib's header. */
const createInflateEither: CreateDecoder = (bytes) => {
  const start = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  const hasHeader = ((start >> 8) & 0x0f) === 8 && start % 31 === 0;
  return hasHeader ? createInflate() : createInflateRaw();
};

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 */
const codings: ReadonlyMap<string, CreateDecoder> = new Map<string, CreateDecoder>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', createInflateEither],
  ['br', () => createBrotliDecompress()],
]);

/** More than one is seen nowhere; without a bound each could multiply the work of the others. */
const maxCodings = 2;

/** The codings of an answer in the order in which they were applied; none for one that is sent as it is. */
export function readCodings(header: string | string[] | undefined): readonly string[] {
  if (header === undefined) return [];
  return String(header)
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * The content without its codings, off the main thread. `onBytes` is told of each piece before the next is made, and may
 * end it by throwing. Rejects with that, or where the content has another coding, is cut, or is larger than `maxBytes`.
 */
export async function decompress(
  bytes: Buffer,
  applied: readonly string[],
  maxBytes: number,
  onBytes: (bytes: number) => void,
): Promise<Buffer> {
  if (bytes.length === 0) return bytes;
  if (applied.length > maxCodings) throw new RangeError('too many codings');
  let content = bytes;
  for (const coding of applied.toReversed()) {
    const createDecoder = codings.get(coding);
    if (!createDecoder) throw new RangeError('unknown coding');
    const decoder = createDecoder(content);
    decoder.end(content);
    content = await readAll(decoder, maxBytes, onBytes);
  }
  return content;
}

async function readAll(decoder: Transform, maxBytes: number, onBytes: (bytes: number) => void): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of decoder as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > maxBytes) throw new RangeError('too large');
    onBytes(piece.length);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}
