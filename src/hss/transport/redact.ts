import { HssError } from './errors.ts';

/** Shorter pieces turn up in other texts by chance. */
const pieceLength = 8;

/** Whether the text repeats what must not leave the gateway, or a piece of it, in whatever case. */
export type IsEcho = (text: string) => boolean;

/** What HSS sends back to be passed on, as an id, a code or a word, may repeat what was sent to it. */
export function createRedactor(secrets: readonly string[]): IsEcho {
  const hidden = secrets.map((secret) => secret.toLowerCase());
  return (text) => {
    const lower = text.toLowerCase();
    return hidden.some((secret) => secret === lower || piecesOf(lower).some((piece) => secret.includes(piece)));
  };
}

function piecesOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - pieceLength + 1) }, (_, index) =>
    text.slice(index, index + pieceLength),
  );
}

/** The error, with no id or code that repeats a secret. */
export function redactError(error: HssError, isEcho: IsEcho): HssError {
  const [code, requestId] = [error.code, error.requestId].map((text) => (text !== null && isEcho(text) ? null : text));
  if (code === error.code && requestId === error.requestId) return error;
  const { kind, status, retryAfterSeconds, sent, reason, notHss, stale } = error;
  return new HssError(kind, { status, code, requestId, retryAfterSeconds, sent, reason, notHss, stale });
}
