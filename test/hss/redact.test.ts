import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HssError } from '../../src/hss/transport/errors.ts';
import { createRedactor, redactError } from '../../src/hss/transport/redact.ts';

const token = fc.string({ minLength: 8, maxLength: 200, unit: 'grapheme-ascii' });

describe('what HSS sends back', () => {
  it('is an echo where it holds eight characters in a row of what was sent, in whatever case', () => {
    fc.assert(
      fc.property(token, fc.string(), fc.string(), fc.nat(), fc.boolean(), (secret, before, after, start, isUpper) => {
        const from = start % (secret.length - 7);
        const piece = secret.slice(from, from + 8);
        const isEcho = createRedactor(['other', secret]);
        expect(isEcho(before + (isUpper ? piece.toUpperCase() : piece) + after)).toBe(true);
      }),
    );
  });

  it('is none where it is a short text that occurs in it, unless it is all of it', () => {
    const isEcho = createRedactor(['token-of-a-caller', 'abc']);
    expect(['token', 'caller', 'HSS.0013', 'b', 'abcd'].map(isEcho)).toEqual([false, false, false, false, false]);
    expect(isEcho('ABC')).toBe(true);
  });
});

describe('an error that HSS sent', () => {
  const details = {
    status: 400,
    code: 'HSS.0001',
    requestId: 'request-1',
    retryAfterSeconds: 3,
    sent: false,
    reason: 'REASON',
    notHss: true,
    stale: true,
  };
  const error = new HssError('invalid', details);
  const isEchoOf =
    (...texts: readonly string[]) =>
    (text: string): boolean =>
      texts.includes(text);

  it('is itself where it repeats nothing', () => {
    expect(redactError(error, isEchoOf('other'))).toBe(error);
    const bare = new HssError('timeout');
    expect(redactError(bare, createRedactor(['a secret']))).toBe(bare);
  });

  it('has no code and no id that repeats a secret, and all else', () => {
    expect(redactError(error, isEchoOf('HSS.0001'))).toMatchObject({ kind: 'invalid', ...details, code: null });
    expect(redactError(error, isEchoOf('request-1'))).toMatchObject({ kind: 'invalid', ...details, requestId: null });
    expect(redactError(error, () => true)).toMatchObject({ code: null, requestId: null, retryAfterSeconds: 3 });
  });
});
