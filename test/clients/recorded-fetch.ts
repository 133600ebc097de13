/** What a client sent: the text of the document and the hash that stands for it, as far as it sent them. */
export interface SentDocument {
  readonly query: string | null;
  readonly sha256Hash: string | null;
}

/** Node's fetch, and what was sent by it. */
export function recordedFetch(): { readonly fetch: typeof fetch; readonly sent: readonly SentDocument[] } {
  const sent: SentDocument[] = [];
  return {
    sent,
    fetch(input, init) {
      sent.push(readDocument(typeof input === 'string' ? input : '', init?.body));
      return fetch(input, init);
    },
  };
}

function readDocument(url: string, body: unknown): SentDocument {
  const parameters = new URL(url, 'http://relative').searchParams;
  const {
    query = parameters.get('query'),
    extensions = JSON.parse(parameters.get('extensions') ?? 'null') as unknown,
  } = typeof body === 'string' ? (JSON.parse(body) as { query?: string; extensions?: unknown }) : {};
  const { persistedQuery } = (extensions ?? {}) as { readonly persistedQuery?: { readonly sha256Hash: string } };
  return { query: query ?? null, sha256Hash: persistedQuery?.sha256Hash ?? null };
}
