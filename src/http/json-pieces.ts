/** One of them is allocated, copied and freed as often as the next; a string beyond 128 KiB gets pages of memory of its own. */
const pieceLength = 64 * 1024;
/** Rows of a usual size make half a piece. */
const itemsTogether = 128;

/**
 * The JSON of `value` as JSON.stringify has it, in pieces. As one string a large response is copied whole three times on its way
 * to the socket, each time into memory that is new to the process: that takes longer than all else of it (docs/decisions/0007).
 * `value` holds nothing that JSON does not know, but for members that are undefined.
 */
export function jsonPieces(value: unknown): Buffer[] {
  const pieces: Buffer[] = [];
  let text = '';

  function add(part: unknown): void {
    if (!holdsList(part)) addText(JSON.stringify(part));
    else if (Array.isArray(part)) addList(part);
    else addMembers(part as object);
  }

  function addList(items: readonly unknown[]): void {
    text += '[';
    // Lists have items of one kind, mostly: where the first hold no list, all are small, and JSON.stringify is fast.
    const step = items.slice(0, itemsTogether).some(holdsList) ? 1 : itemsTogether;
    for (let index = 0; index < items.length; index += step) {
      if (index > 0) text += ',';
      if (step === 1) add(items[index]);
      else addText(JSON.stringify(items.slice(index, index + step)).slice(1, -1));
    }
    text += ']';
  }

  function addMembers(object: object): void {
    let separator = '{';
    for (const [key, member] of Object.entries(object)) {
      if (member === undefined) continue;
      text += `${separator}${JSON.stringify(key)}:`;
      add(member);
      separator = ',';
    }
    text += '}';
  }

  function addText(json: string): void {
    text += json;
    if (text.length < pieceLength) return;
    pieces.push(Buffer.from(text));
    text = '';
  }

  add(value);
  pieces.push(Buffer.from(text));
  return pieces;
}

/** Whether it has a list somewhere: what has none is small. */
function holdsList(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  for (const key in value) if (holdsList((value as Record<string, unknown>)[key])) return true;
  return false;
}
