import type { TypedDocumentString } from './generated/graphql.ts';

export interface Gateway {
  /** URL of `/graphql`. */
  readonly url: string;
  /** The caller's IAM token. */
  readonly token: string;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** Sends only the document's hash. A client that can use partial responses should keep `data` along with `errors`. */
export async function sendDocument<Data, Variables>(
  { url, token }: Gateway,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const sha256Hash: unknown = document.__meta__?.hash;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': token },
    body: JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
  });
  const { data, errors = [] } = (await response.json()) as Answer<Data>;
  if (data == null || errors.length > 0) {
    throw new Error(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n'));
  }
  return data;
}
