import { describe, expect, it } from 'vitest';
import { createRowLimit } from '../../src/hss/row-limit.ts';
import { HssError } from '../../src/hss/transport/errors.ts';
import { withinRowLimit } from '../../src/reads/read-rows.ts';
import { honestPart } from './port-list-model.ts';

const invalid = new HssError('invalid', { status: 400, code: 'HSS.0001' });

/** Reads from an HSS that answers by `refusal`: null, or why it gives nothing. */
function readerOf(refusal: (limit: number) => Error | null) {
  const rowLimit = createRowLimit();
  const asked: number[] = [];
  const read = withinRowLimit((offset, limit) => {
    asked.push(limit);
    const error = refusal(limit);
    return error ? Promise.reject(error) : Promise.resolve(honestPart(1_000, { offset, limit }));
  }, rowLimit);
  return { read, asked, rowLimit };
}

describe('a read of rows', () => {
  it('asks for fewer where HSS finds it invalid, and for no more from then on', async () => {
    const { read, asked, rowLimit } = readerOf((limit) => (limit > 50 ? invalid : null));
    const part = await read(7, 200);
    expect(part).toEqual(honestPart(1_000, { offset: 7, limit: 50 }));
    expect(asked).toEqual([200, 100, 50]);
    expect(rowLimit.max()).toBe(50);
  });

  it.each([
    ['another code', new HssError('invalid', { status: 400, code: 'HSS.0002' })],
    ['no code', new HssError('invalid', { status: 400 })],
    ['what is no answer of HSS', Object.assign(new Error('a bug'), { code: 'HSS.0001' })],
  ])('fails at once where it is refused by %s', async (_what, error) => {
    const { read, asked, rowLimit } = readerOf(() => error);
    await expect(read(0, 200)).rejects.toBe(error);
    expect(asked).toEqual([200]);
    expect(rowLimit.max()).toBe(200);
  });

  it('learns nothing where fewer rows are invalid, too', async () => {
    const { read, asked, rowLimit } = readerOf(() => invalid);
    await expect(read(0, 200)).rejects.toBe(invalid);
    expect(asked).toEqual([200, 100, 50, 20, 10]);
    expect(rowLimit.max()).toBe(200);
  });

  it('tells how many rows came', async () => {
    const { read, rowLimit } = readerOf(() => null);
    await read(900, 200);
    expect(rowLimit.gives(100)).toBe(true);
    expect(rowLimit.gives(101)).toBe(false);
    // So many were asked for, and not refused.
    expect(rowLimit.below(200)).toBeNull();
  });
});
