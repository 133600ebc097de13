/** Tells, once each, of the words that HSS uses and its documents do not. */
export interface UnknownValues {
  notice(field: 'type' | 'status', word: string): void;
}

/** Anything else may be text of HSS, which belongs in no log. */
const wordShape = /^[\w-]{1,32}$/;
/** More are no words but data. */
const maxWords = 100;

export function createUnknownValues(tell: (field: string, word: string) => void): UnknownValues {
  const known = new Set<string>();
  return {
    notice(field, word) {
      const key = `${field} ${word}`;
      if (!wordShape.test(word) || known.size >= maxWords || known.has(key)) return;
      known.add(key);
      tell(field, word);
    },
  };
}
