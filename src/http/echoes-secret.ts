import { echoes } from '../echoes.ts';
import type { HeaderReader } from './request.ts';

const secretHeaders = ['x-auth-token', 'router-authorization'];

/** Whether a header's text is a secret of its request, or has a part of one in it: a client may take one header for another. */
export const echoesSecret = (text: string, headers: HeaderReader, pieceLength?: number): boolean =>
  secretHeaders.some((name) => echoes(text, headers.get(name) ?? '', pieceLength));
