import { HssError } from './errors.ts';

/** Shorter texts turn up in others by chance. */
const leastTelling = 8;

/** Whether the text repeats what must not leave the gateway, or a part of it that tells something. */
export type IsEcho = (text: string) => boolean;

/** What HSS sends back to be passed on, as an id, a code or a word, may repeat what was sent to it. */
export function createEchoFilter(secrets: readonly string[]): IsEcho {
  return (text) =>
    secrets.some(
      (secret) =>
        text === secret ||
        (secret.length >= leastTelling && text.includes(secret)) ||
        (text.length >= leastTelling && secret.includes(text)),
    );
}

/** The error, with no id or code that repeats a secret. */
export function withoutEchoes(error: HssError, isEcho: IsEcho): HssError {
  const { kind, status, retryAfterSeconds, sent, cause } = error;
  const [code, requestId] = [error.code, error.requestId].map((text) => (text !== null && isEcho(text) ? null : text));
  if (code === error.code && requestId === error.requestId) return error;
  return new HssError(kind, { status, code, requestId, retryAfterSeconds, sent, cause });
}
