import { echoes } from '../echoes.ts';
import type { HeaderReader } from './request.ts';

const secretHeaders = ['x-auth-token', 'router-authorization'];

/** Names may have words in common with tokens: `request-of-the-client` is no part of one, whatever the token. */
export const longerThanWords = 16;

/** Whether a text of a request is one of its secrets, sent in the wrong header. Short ones are not real secrets. */
export const isSecret = (text: string, headers: HeaderReader): boolean =>
  text.length >= longerThanWords && secretHeaders.some((name) => headers.get(name) === text);

/** Whether a text of a request is, or contains part of, one of its secrets: a client may mix up their places. */
export const echoesSecret = (text: string, headers: HeaderReader, pieceLength?: number): boolean =>
  secretHeaders.some((name) => echoes(text, headers.get(name) ?? '', pieceLength));
