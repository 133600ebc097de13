/** Shorter pieces turn up in other texts by chance. */
const minPiece = 8;

/** Whether a text is a secret, or contains `pieceLength` of its characters in a row. */
export function echoes(text: string, secret: string, pieceLength = minPiece): boolean {
  if (text === secret) return secret !== '';
  if (text.length < pieceLength) return false;
  // Every piece has one of these in it, whole: where the secret has none of them, it has no piece either.
  const part = Math.floor(pieceLength / 2);
  for (let from = 0; from + part <= text.length; from += part) {
    if (secret.includes(text.slice(from, from + part)) && hasPieceWith(from)) return true;
  }
  return false;

  function hasPieceWith(from: number): boolean {
    const last = Math.min(from, text.length - pieceLength);
    for (let start = Math.max(0, from - part); start <= last; start++) {
      if (secret.includes(text.slice(start, start + pieceLength))) return true;
    }
    return false;
  }
}
