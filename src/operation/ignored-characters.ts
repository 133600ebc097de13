import { TokenKind, type DocumentNode } from 'graphql';
import { clientError } from '../errors/client-error.ts';

/** Blanks, line ends, commas and comments of a document: ten for each token that it may have. */
const maxIgnored = 50_000;
/** Line ends, including those in block strings: finding the line of an error passes each one before it. */
const maxLines = 10_000;

/**
 * Refuses a document with too much that GraphQL ignores: this is no token, so no other limit counts it, but graphql-js
 * looks for the line of each validation error from the start of the document.
 */
export function checkIgnored(text: string, { loc }: DocumentNode): void {
  if (text.length <= maxLines) return;
  let read = 0;
  for (let token = loc?.startToken.next ?? null; token !== null; token = token.next) {
    if (token.kind !== TokenKind.COMMENT) read += token.end - token.start;
  }
  if (text.length - read > maxIgnored) throw tooMany(`${maxIgnored} characters that GraphQL ignores`);
  if (countLines(text) > maxLines) throw tooMany(`${maxLines} lines`);
}

function countLines(text: string): number {
  let lines = 1;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    // `\r\n` is one line end.
    if (character === 10 || (character === 13 && text.charCodeAt(index + 1) !== 10)) lines += 1;
  }
  return lines;
}

const tooMany = (max: string): Error =>
  clientError('MAX_TOKENS_LIMIT', `The operation is too large: it may have ${max} at most.`);
