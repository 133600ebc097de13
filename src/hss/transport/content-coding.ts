import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';

type Decompress = (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>;

const inflateAsync = promisify<Buffer, ZlibOptions, Buffer>(inflate);
const inflateRawAsync = promisify<Buffer, ZlibOptions, Buffer>(inflateRaw);
const gunzipAsync = promisify<Buffer, ZlibOptions, Buffer>(gunzip);

/** `deflate` is zlib's format, and some servers send it without zlib's header. */
const inflateEither: Decompress = (bytes, options) => {
  const start = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  const hasHeader = ((start >> 8) & 0x0f) === 8 && start % 31 === 0;
  return hasHeader ? inflateAsync(bytes, options) : inflateRawAsync(bytes, options);
};

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 */
const codings: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', gunzipAsync],
  ['x-gzip', gunzipAsync],
  ['deflate', inflateEither],
  ['br', promisify<Buffer, ZlibOptions, Buffer>(brotliDecompress)],
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

/** The content without its codings, off the main thread. Rejects where it has another coding, is cut, or is larger than `maxBytes`. */
export async function decompress(bytes: Buffer, applied: readonly string[], maxBytes: number): Promise<Buffer> {
  if (bytes.length === 0) return bytes;
  if (applied.length > maxCodings) throw new RangeError('too many codings');
  let content = bytes;
  for (const coding of applied.toReversed()) {
    const decode = codings.get(coding);
    if (!decode) throw new RangeError('unknown coding');
    content = await decode(content, { maxOutputLength: maxBytes });
  }
  return content;
}
