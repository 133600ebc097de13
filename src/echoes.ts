/** Shorter pieces turn up in other texts by chance. */
const minPiece = 8;

/** Whether a text is a secret, or contains `pieceLength` of its characters in a row. */
export function echoes(text: string, secret: string, pieceLength = minPiece): boolean {
  if (text === secret) return secret !== '';
  for (let start = 0; start + pieceLength <= text.length; start++) {
    if (secret.includes(text.slice(start, start + pieceLength))) return true;
  }
  return false;
}
