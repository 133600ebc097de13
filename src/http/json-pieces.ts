/** Characters per piece, roughly. Memory of this size is reused; a string over 128 KiB gets its own pages each time. */
const pieceLength = 64 * 1024;
/** This many rows of usual size make a piece. */
const itemsTogether = 256;
const comma = 0x2c;

/**
 * The JSON of `value`, as JSON.stringify would write it, in pieces. As one string, a large response is copied whole
 * three times on its way to the socket, each time into memory new to the process, which takes longer than all the rest
 * (docs/decisions/0007). `value` holds nothing but JSON, except that members may be undefined.
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
    // Most lists have items of one kind: if the first hold no list, all are small, and JSON.stringify is fast.
    if (items.slice(0, itemsTogether).some(holdsList)) addEach(items);
    else if (items.length <= itemsTogether) addText(JSON.stringify(items));
    else addTogether(items);
  }

  function addEach(items: readonly unknown[]): void {
    for (const [index, item] of items.entries()) {
      text += index === 0 ? '[' : ',';
      add(item);
    }
    text += ']';
  }

  /** Each piece is a list: every opening bracket but the first becomes a comma, every closing one but the last goes. */
  function addTogether(items: readonly unknown[]): void {
    flush();
    for (let index = 0; index < items.length; index += itemsTogether) {
      const piece = Buffer.from(JSON.stringify(items.slice(index, index + itemsTogether)));
      if (index > 0) piece[0] = comma;
      const isLast = index + itemsTogether >= items.length;
      pieces.push(isLast ? piece : piece.subarray(0, -1));
    }
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
    if (text.length >= pieceLength) flush();
  }

  function flush(): void {
    if (text !== '') pieces.push(Buffer.from(text));
    text = '';
  }

  add(value);
  flush();
  return pieces;
}

/** Whether a value holds a list at any depth: one without is small. */
function holdsList(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  for (const key in value) if (holdsList((value as Record<string, unknown>)[key])) return true;
  return false;
}
