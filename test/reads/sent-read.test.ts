import { describe, expect, it } from 'vitest';
import { trackRead } from '../../src/reads/sent-read.ts';
import { honestPart } from './port-list-model.ts';

const part = { offset: 20, limit: 10 };

describe('a read that has gone out', () => {
  it('has its answer when it has ended, which is told of first', async () => {
    const answer = honestPart(25, part);
    const told: unknown[] = [];
    const read = trackRead(part, Promise.resolve(answer), (rows) => told.push(rows, read.answer));
    expect(read).toMatchObject({ ...part, answer: null, failure: null });
    await read.ended;
    expect(read).toMatchObject({ answer, failure: null });
    expect(told).toEqual([5, answer]);
  });

  it('has its failure, and ends all the same', async () => {
    const failure = new TypeError('no');
    const read = trackRead(part, Promise.reject(failure), () => undefined);
    await read.ended;
    expect(read).toMatchObject({ answer: null, failure });
  });

  it('has an error for its failure, whatever it failed with', async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const read = trackRead(part, Promise.reject('a text'), () => undefined);
    await read.ended;
    expect(read.failure).toBeInstanceOf(Error);
    expect(read.failure).toMatchObject({ message: 'A read failed.', cause: 'a text' });
  });
});
