/** How often a text contains the one-character `part`; stops counting at one more than `max`. */
export function countIn(text: string, part: string, max: number): number {
  let count = 0;
  let index = text.indexOf(part);
  while (index !== -1 && count <= max) {
    count += 1;
    index = text.indexOf(part, index + 1);
  }
  return count;
}
