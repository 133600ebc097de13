import { echoes } from '../../echoes.ts';
import { HssError } from './errors.ts';

/**
 * Whether the text repeats what must not leave the gateway, or a piece of it, in whatever case. It takes time for each
 * character of the text: its shape is to be looked at first.
 */
export type IsEcho = (text: string) => boolean;

/** What HSS sends back to be passed on, as an id, a code or a word, may repeat what was sent to it. */
export function createRedactor(secrets: readonly string[]): IsEcho {
  // Tokens are long, and hardly anybody asks.
  let hidden: readonly string[] | null = null;
  return (text) => {
    hidden ??= secrets.map((secret) => secret.toLowerCase());
    const lower = text.toLowerCase();
    return hidden.some((secret) => echoes(lower, secret));
  };
}

/** The error, with no id or code that repeats a secret. */
export function redactError(error: HssError, isEcho: IsEcho): HssError {
  const [code, requestId] = [error.code, error.requestId].map((text) => (text !== null && isEcho(text) ? null : text));
  if (code === error.code && requestId === error.requestId) return error;
  const { kind, status, retryAfterSeconds, sent, reason, notHss, stale } = error;
  return new HssError(kind, { status, code, requestId, retryAfterSeconds, sent, reason, notHss, stale });
}
