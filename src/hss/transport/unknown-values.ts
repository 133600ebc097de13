import type { IsEcho } from './redact.ts';

/** Tells, once each, where HSS's answers depart from its documents. */
export interface UnknownValues {
  /** A word that is not in them. */
  notice(field: 'type' | 'status', word: string): void;
  /** A field that is not of its documented type. */
  noticeType(field: string): void;
  /** A row of a host other than the requested one. */
  noticeForeignRow(): void;
}

/** Anything else may be text from HSS, which must not be logged. */
const wordShape = /^[\w-]{1,32}$/;
/** Any more are data, not words. */
const maxWords = 100;

export type TellUnknownValue = (details: { readonly field: string; readonly word?: string }, message: string) => void;

/** Makes one for each operation: words that echo what the operation sent are not told. */
export function createUnknownValues(tell: TellUnknownValue): (isEcho: IsEcho) => UnknownValues {
  const words = new Set<string>();
  const fields = new Set<string>();
  const tellField = (field: string, message: string): void => {
    if (fields.has(field)) return;
    fields.add(field);
    tell({ field }, message);
  };
  return (isEcho) => {
    let echoes = 0;
    return {
      notice(field, word) {
        if (words.size >= maxWords || echoes >= maxWords || !wordShape.test(word)) return;
        const key = `${field} ${word}`;
        if (words.has(key)) return;
        if (isEcho(word)) {
          echoes += 1;
          return;
        }
        words.add(key);
        tell({ field, word }, 'HSS sent a value that it does not document');
      },
      noticeType: (field) => tellField(field, 'HSS sent a field of a type that it does not document'),
      noticeForeignRow: () => tellField('host_id', 'HSS sent rows of a host that was not requested: they are left out'),
    };
  };
}
