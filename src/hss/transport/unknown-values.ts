/** Tells, once each, where the answers of HSS leave its documents. */
export interface UnknownValues {
  /** A word that they do not know. */
  notice(field: 'type' | 'status', word: string): void;
  /** A field that is not of its documented type. */
  noticeType(field: string): void;
  /** A row of another host than the one that was asked for. */
  noticeForeignRow(): void;
}

/** Anything else may be text of HSS, which belongs in no log. */
const wordShape = /^[\w-]{1,32}$/;
/** More are no words but data. */
const maxWords = 100;

export type TellUnknownValue = (details: { readonly field: string; readonly word?: string }, message: string) => void;

export function createUnknownValues(tell: TellUnknownValue): UnknownValues {
  const words = new Set<string>();
  const fields = new Set<string>();
  const tellField = (field: string, message: string): void => {
    if (fields.has(field)) return;
    fields.add(field);
    tell({ field }, message);
  };
  return {
    notice(field, word) {
      const key = `${field} ${word}`;
      if (!wordShape.test(word) || words.size >= maxWords || words.has(key)) return;
      words.add(key);
      tell({ field, word }, 'HSS uses a word that its documents do not know');
    },
    noticeType: (field) => tellField(field, 'HSS sends a field in another type than its documents say'),
    noticeForeignRow: () => tellField('host_id', 'HSS sends rows of another host than the one asked for: left out'),
  };
}
