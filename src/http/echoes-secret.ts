import type { HeaderReader } from './request.ts';

/** So many characters in a row of a secret tell of it. */
const maxEcho = 8;
const secretHeaders = ['x-auth-token', 'router-authorization'];

/** Whether a header's text is a secret of its request, or has a part of one in it: a client may take one header for another. */
export const echoesSecret = (text: string, headers: HeaderReader): boolean =>
  secretHeaders.some((name) => echoes(text, headers.get(name) ?? ''));

function echoes(text: string, secret: string): boolean {
  if (text === secret) return secret !== '';
  for (let from = 0; from + maxEcho <= text.length; from++)
    if (secret.includes(text.slice(from, from + maxEcho))) return true;
  return false;
}
