import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import Negotiator from 'negotiator';
import type { HttpResponse, Route } from './request.ts';

interface Page {
  readonly plain: Buffer;
  readonly compressed: Buffer;
  /** Changes with the content. */
  readonly digest: string;
}

/**
 * A page of HTML that is the same for everybody: made and compressed when it is first asked for, then remembered. Where it
 * cannot be made the answer is 500, and `onFailed` is told each time.
 */
export function createStaticPage(render: () => Promise<string>, onFailed: (error: unknown) => void): Route {
  let page: Promise<Page | null> | null = null;
  const make = (): Promise<Page | null> =>
    makePage(render).catch((error: unknown) => {
      onFailed(error);
      page = null;
      return null;
    });
  return async ({ headers }) => {
    const made = await (page ??= make());
    if (made === null) return { status: 500, headers: {}, body: null };
    const { plain, compressed, digest } = made;
    const accepted = new Negotiator({ headers: { 'accept-encoding': headers.get('accept-encoding') ?? 'identity' } });
    const isCompressed = accepted.encoding(['gzip', 'identity']) === 'gzip';
    const etag = `"${digest}${isCompressed ? '-gzip' : ''}"`;
    const common = {
      etag,
      'cache-control': 'no-cache',
      // Nobody is to lay it under a page of their own.
      'content-security-policy': "frame-ancestors 'none'",
      vary: 'Accept, Accept-Encoding',
    };
    // A proxy may have made the tag a weak one, and a browser may have several.
    const known = headers.get('if-none-match');
    if (known === '*' || known?.includes(etag)) return { status: 304, headers: common, body: null };
    return {
      status: 200,
      headers: {
        ...common,
        'content-type': 'text/html; charset=utf-8',
        ...(isCompressed && { 'content-encoding': 'gzip' }),
      },
      body: [isCompressed ? compressed : plain],
    } satisfies HttpResponse;
  };
}

async function makePage(render: () => Promise<string>): Promise<Page> {
  const plain = Buffer.from(await render());
  const digest = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return { plain, compressed: await promisify(gzip)(plain), digest };
}
