import { echoes } from '../../echoes.ts';
import { HssError } from './errors.ts';

/**
 * Whether the text repeats what must not leave the gateway, or a piece of it, ignoring case. It takes time for each
 * character of the text, so check the text's shape first.
 */
export type IsEcho = (text: string) => boolean;

/** What HSS sends back to be passed on (ids, codes, words) may repeat what was sent to it. */
export function createRedactor(secrets: readonly string[]): IsEcho {
  // Tokens are long, and this is rarely needed.
  let hidden: readonly string[] | null = null;
  return (text) => {
    hidden ??= secrets.map((secret) => secret.toLowerCase());
    const lower = text.toLowerCase();
    return hidden.some((secret) => echoes(lower, secret));
  };
}

/** The error, without ids or codes that repeat a secret. */
export function redactError(error: HssError, isEcho: IsEcho): HssError {
  const [code, requestId] = [error.code, error.requestId].map((text) => (text !== null && isEcho(text) ? null : text));
  if (code === error.code && requestId === error.requestId) return error;
  const { kind, status, retryAfterSeconds, sent, reason, notHss, stale } = error;
  return new HssError(kind, { status, code, requestId, retryAfterSeconds, sent, reason, notHss, stale });
}
