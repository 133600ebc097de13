import type { SourceLocation } from 'graphql';
import { countIn } from '../count-in.ts';
import { countWhile } from '../count-while.ts';
import { findLines } from '../execution/document.ts';
import { once } from '../once.ts';

/** A document apart from its strings: documents that differ only in strings share one shape. */
export interface Literals {
  /** The document with a name in place of each string; equal strings share one name. */
  readonly shape: string;
  /** The strings, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** Maps a location in the shape to the document. */
  readonly toText: (location: SourceLocation) => SourceLocation;
}

/** Strings without escapes or surrogates. */
const literal = /"([\t !\u0023-\u005b\u005d-\ud7ff\ue000-\uffff]*)"/g;
/** With these, a quote may not start or end a string: comments, escapes, block strings. */
const unclear = /[#\\]|"""/;

/** With more, the document is read as it is: a limit on its tokens may refuse it sooner than its strings are taken. */
const maxStrings = 2_000;

/** Null if there are no strings, or if they cannot be found without parsing the document. */
export function takeLiterals(text: string): Literals | null {
  const quotes = countIn(text, '"', 2 * maxStrings);
  if (quotes === 0 || quotes > 2 * maxStrings || unclear.test(text)) return null;
  const names = new Map<string, string>();
  const values: Record<string, string> = {};
  /** Where each string starts in the shape, and how much longer the text is up to the string's end. */
  const starts: number[] = [];
  const growths: number[] = [];
  let growth = 0;
  const shape = text.replace(literal, (_quoted, value: string, start: number) => {
    const name = names.get(value) ?? String(names.size);
    names.set(value, name);
    values[name] = value;
    starts.push(start - growth);
    growths.push((growth += value.length - name.length));
    return `"${name}"`;
  });
  if (quotes !== 2 * starts.length) return null;

  const linesOf = once(() => ({ shape: findLines(shape), text: findLines(text) }));
  return {
    shape,
    values,
    toText({ line, column }) {
      const lines = linesOf();
      const inShape = (lines.shape[line - 1] ?? 0) + column - 1;
      const position = inShape + (growths[countWhile(starts, (start) => start < inShape) - 1] ?? 0);
      return { line, column: position - (lines.text[line - 1] ?? 0) + 1 };
    },
  };
}
