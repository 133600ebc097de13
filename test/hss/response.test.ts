import { describe, expect, it } from 'vitest';
import { HssError, type HssErrorKind } from '../../src/hss/transport/errors.ts';
import { decodeResponse, readHssRequestId, type HssResponse } from '../../src/hss/transport/response.ts';

/** An answer with this body, which is sent as JSON unless it is a text. */
function answer(status: number, body: unknown, details: Partial<HssResponse> = {}): HssResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    ...{ status, body: text, bytes: text.length, requestId: null, retryAfterSeconds: null, isReused: false },
    ...details,
  };
}

/** What becomes of an answer where every JSON is the documented one. */
function decode(response: HssResponse, toValue: (json: unknown, bytes: number) => unknown = (json) => ({ json })) {
  try {
    return decodeResponse(response, toValue as (json: unknown, bytes: number) => object | null);
  } catch (error) {
    if (error instanceof HssError) return error;
    throw error;
  }
}

describe('an answer of HSS', () => {
  it.each([200, 202, 299])('by %i is what its JSON says', (status) => {
    expect(decode(answer(status, { a: 1 }))).toEqual({ json: { a: 1 } });
  });

  it('is decoded with the bytes that it had', () => {
    const told: unknown[] = [];
    decode(answer(200, [], { bytes: 77 }), (json, bytes) => told.push(json, bytes));
    expect(told).toEqual([[], 77]);
  });

  it.each(['', ' \n'])('that is empty (%j) has no JSON, which may be as documented', (body) => {
    expect(decode(answer(204, body))).toEqual({ json: undefined });
  });

  it.each([
    ['fields', (count: number) => `{${Array.from({ length: count }, (_, index) => `"${index}":0`).join()}}`],
    ['lists in each other', (count: number) => `${'['.repeat(count)}${']'.repeat(count)}`],
  ])('is read with 20,000 %s, and none where it has more', (_what, textOf) => {
    // Blanks: a short text is not counted.
    const blanks = ' '.repeat(70_000);
    expect(decode(answer(200, textOf(20_000) + blanks), () => ({ ok: true }))).toEqual({ ok: true });
    expect(decode(answer(200, textOf(20_001) + blanks), () => ({ ok: true }))).toMatchObject({ kind: 'bad-response' });
  });

  it('may begin with a byte order mark', () => {
    expect(decode(answer(200, '\uFEFF{"a":1}'))).toEqual({ json: { a: 1 } });
    expect(decode(answer(200, '\uFEFF\uFEFF{}'))).toMatchObject({ kind: 'bad-response' });
  });

  it('is no documented one where it is no JSON, or another JSON', () => {
    expect(decode(answer(200, '<html>'))).toMatchObject({ kind: 'bad-response', status: 200, notHss: true });
    expect(decode(answer(200, { a: 1 }), () => null)).toMatchObject({ kind: 'bad-response', notHss: false });
    expect(decode(answer(200, 'null'), () => null)).toMatchObject({ kind: 'bad-response', notHss: false });
    expect(decode(answer(200, '<html>'), () => true)).toMatchObject({ kind: 'bad-response' });
  });

  it.each<[status: number, kind: HssErrorKind]>([
    [100, 'rejected'],
    [199, 'rejected'],
    [300, 'rejected'],
    [304, 'rejected'],
    [400, 'invalid'],
    [401, 'unauthenticated'],
    [402, 'rejected'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'rejected'],
    [408, 'rejected'],
    [413, 'rejected'],
    [414, 'rejected'],
    [429, 'rate-limited'],
    [494, 'rejected'],
    [499, 'rejected'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'timeout'],
    [599, 'unavailable'],
  ])('by %i without a code is of kind %s', (status, kind) => {
    expect(decode(answer(status, {}))).toMatchObject({ kind, status, code: null });
  });

  it.each<[code: string, kind: HssErrorKind]>([
    ['APIGW.0301', 'unauthenticated'],
    ['APIGW.0307', 'unauthenticated'],
    ['APIGW.0302', 'forbidden'],
    ['APIGW.0306', 'forbidden'],
    ['APIGW.0310', 'forbidden'],
    ['APIGW.0802', 'forbidden'],
    ['HSS.0010', 'forbidden'],
    ['HSS.0013', 'forbidden'],
    ['APIGW.0101', 'not-found'],
    ['HSS.0011', 'not-found'],
    ['HSS.0001', 'invalid'],
    ['HSS.0002', 'invalid'],
    ['APIGW.0308', 'rate-limited'],
  ])('with code %s is of kind %s, whatever its status', (code, kind) => {
    for (const status of [200, 400, 418, 503]) {
      expect(decode(answer(status, { error_code: code }))).toMatchObject({ kind, status, code, notHss: false });
    }
  });

  it('with a code that decides nothing goes by its status, and is a refusal by 200', () => {
    expect(decode(answer(503, { error_code: 'APIGW.0201' }))).toMatchObject({
      kind: 'unavailable',
      code: 'APIGW.0201',
    });
    expect(decode(answer(200, { error_code: 'HSS.9999' }))).toMatchObject({ kind: 'rejected', code: 'HSS.9999' });
  });

  it.each([0, '0', '000', '', null, true, {}])('tells of no error by the code %j', (code) => {
    const body = { error_code: code };
    expect(decode(answer(200, body))).toEqual({ json: body });
    expect(decode(answer(500, body))).toMatchObject({ kind: 'unavailable', code: null, notHss: true });
  });

  it("may tell of an error in the form of Huawei Cloud's IAM, unless it succeeded", () => {
    const body = { error: { code: 401, message: 'text', title: 'Unauthorized' } };
    expect(decode(answer(401, body))).toMatchObject({ kind: 'unauthenticated', code: '401', notHss: false });
    expect(decode(answer(200, body))).toEqual({ json: body });
    expect(decode(answer(401, { error: null }))).toMatchObject({ code: null });
    expect(decode(answer(401, { error_code: 'APIGW.0301', error: { code: 'IAM.0001' } }))).toMatchObject({
      code: 'APIGW.0301',
    });
  });

  it.each([
    ['HSS.0099', 'HSS.0099'],
    ['HSS.0099', 'HSS.0099'],
    ['401', '401'],
    [1234567890, '1234567890'],
    ['12345678901', null],
    ['H.1', null],
    ['AbcdefghIjklmnop.1', 'AbcdefghIjklmnop.1'],
    ['AbcdefghIjklmnopq.1', null],
    ['HSS.0013 ', null],
    [' HSS.0013', null],
    ['HSS.', null],
    ['HSS0013', null],
    ['H2S.0013', null],
    ['somebody’s text', null],
  ])('passes on a code that has the shape of one, and no other text: %j', (given, code) => {
    expect(decode(answer(400, { error_code: given }))).toMatchObject({ kind: 'invalid', code, notHss: false });
  });

  it('is named by its header, else by its body', () => {
    const body = { error_code: 'HSS.0001', request_id: 'of-the-body' };
    expect(decode(answer(400, body, { requestId: 'of-the-header' }))).toMatchObject({ requestId: 'of-the-header' });
    expect(decode(answer(400, body))).toMatchObject({ requestId: 'of-the-body' });
    expect(decode(answer(400, { request_id: 'not an id' }))).toMatchObject({ requestId: null });
  });

  it('says when to come again', () => {
    expect(decode(answer(429, {}, { retryAfterSeconds: 7 }))).toMatchObject({ retryAfterSeconds: 7 });
  });

  it('is of something before HSS where it has no shape of HSS', () => {
    expect(decode(answer(502, '<html>'))).toMatchObject({ notHss: true });
    expect(decode(answer(502, { message: 'no' }))).toMatchObject({ notHss: true });
    expect(decode(answer(502, '[]'))).toMatchObject({ notHss: true });
    expect(decode(answer(502, ' '))).toMatchObject({ notHss: false });
    expect(decode(answer(502, { error_code: 'APIGW.0201' }))).toMatchObject({ notHss: false });
  });

  it('was never looked at where a kept connection had been given up', () => {
    expect(decode(answer(408, '', { isReused: true }))).toMatchObject({ kind: 'rejected', stale: true });
    expect(decode(answer(408, '', { isReused: false }))).toMatchObject({ stale: false });
    expect(decode(answer(400, '', { isReused: true }))).toMatchObject({ stale: false });
  });
});

describe('the id of a request', () => {
  it('is what has the shape of one', () => {
    const ids = ['a', 'A_b-c.9', 'x'.repeat(64)];
    expect(ids.map(readHssRequestId)).toEqual(ids);
    expect(['', 'a b', 'ä', ' a', 'a ', 'x'.repeat(65), 7, null, undefined].map(readHssRequestId)).toEqual(
      Array<null>(9).fill(null),
    );
  });
});
