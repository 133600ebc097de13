import { echoes } from '../echoes.ts';
import type { HeaderReader } from './request.ts';

const secretHeaders = ['x-auth-token', 'router-authorization'];

/** People choose names by words that tokens of theirs have, too: `request-of-the-client` is no part of one, whatever the token. */
export const longerThanWords = 16;

/** Whether a text of a request is a secret of it, or has a part of one in it: a client may take one place for another. */
export const echoesSecret = (text: string, headers: HeaderReader, pieceLength?: number): boolean =>
  secretHeaders.some((name) => echoes(text, headers.get(name) ?? '', pieceLength));
