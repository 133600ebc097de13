import { once } from 'node:events';
import { connect } from 'node:net';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gatewayError, hssError } from '../../src/simulator/error-replies.ts';
import { hugeBody } from '../../src/simulator/huge-body.ts';
import { compressed, firewallPage, throttled, withByteOrderMark } from '../../src/simulator/middlebox.ts';
import { startTalk, type Talk } from './talk.ts';

const path = '/v5/p/asset/ports?host_id=host-1';

/** The body as it came, byte for byte. */
async function bytesOf({ origin }: Talk): Promise<{ headers: IncomingHttpHeaders; bytes: Buffer }> {
  const asked = request(origin + path, { headers: { 'x-auth-token': 'any' } }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { headers: response.headers, bytes: await buffer(response) };
}

describe('a compressed answer', () => {
  it.each([
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
    ['br', brotliDecompressSync],
  ] as const)('is the true one in %s, though nobody asked for it', async (encoding, decompress) => {
    const talk = await startTalk();
    const { text: plain } = await talk.list('host_id=host-1');
    talk.simulator.on({ answer: compressed(encoding) });

    const { headers, bytes } = await bytesOf(talk);

    expect(headers).toMatchObject({ 'content-encoding': encoding, 'content-length': String(bytes.length) });
    expect(decompress(bytes).toString()).toBe(plain);
  });

  it('may be an error', async () => {
    const talk = await startTalk();
    talk.simulator.on({ answer: { ...hssError('HSS.0013'), ...compressed('gzip') } });

    const { bytes } = await bytesOf(talk);

    expect(JSON.parse(gunzipSync(bytes).toString())).toMatchObject({ error_code: 'HSS.0013' });
  });

  it('may lack its end', async () => {
    const talk = await startTalk();
    talk.simulator.on({ answer: compressed('gzip', 8) });

    const { bytes } = await bytesOf(talk);

    expect(() => gunzipSync(bytes)).toThrow('unexpected end of file');
  });

  it('may be a bomb', async () => {
    const talk = await startTalk();
    talk.simulator.on({ answer: { status: 200, body: [...hugeBody()].join(''), ...compressed('gzip') } });

    const { bytes } = await bytesOf(talk);

    expect(bytes.length).toBeLessThan(128 * 1024);
    expect(gunzipSync(bytes).length).toBeGreaterThan(16 * 1024 * 1024);
  });
});

describe('the true answer', () => {
  it('may begin with a byte order mark', async () => {
    const { simulator, list } = await startTalk();
    const { text: plain } = await list('host_id=host-1');
    simulator.on({ answer: withByteOrderMark });

    expect((await list('host_id=host-1')).text).toBe(`\ufeff${plain}`);
  });

  it('may have other headers, and lack its own', async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer: { headers: { 'Keep-Alive': 'timeout=300', 'X-Request-Id': null } } });

    const { status, headers } = await list('host_id=host-1');

    expect({ status, headers }).toMatchObject({ status: 200, headers: { 'keep-alive': 'timeout=300' } });
    expect(headers).not.toHaveProperty('x-request-id');
  });

  it('may be another page', async () => {
    const { simulator, page } = await startTalk();
    simulator.on({
      answer: { page: (page, call) => ({ ...page, data_list: [{ asked: call.query.host_id }] }) },
    });

    expect(await page('host_id=host-40')).toEqual({ total_num: 40, data_list: [{ asked: 'host-40' }] });
  });

  it('is left as it is where there is no page to alter', async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer: { page: () => ({}) } });

    expect((await list('')).status).toBe(400);
  });

  it.each([102, 103] as const)('may come after a %i', async (status) => {
    const { simulator, origin } = await startTalk();
    simulator.on({ answer: { informational: [status] } });
    const asked = request(origin + path, { headers: { 'x-auth-token': 'any' } }).end();

    const [[early], [answer]] = (await Promise.all([once(asked, 'information'), once(asked, 'response')])) as [
      [{ statusCode: number }],
      [IncomingMessage],
    ];
    answer.resume();

    expect([early.statusCode, answer.statusCode]).toEqual([status, 200]);
  });
});

describe('an idle connection', () => {
  it('may be told 408, which nobody asked for, and closed', async () => {
    const { simulator, origin } = await startTalk();
    simulator.on({ answer: { idle408Ms: 20 } });
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    onTestFinished(() => {
      socket.destroy();
    });
    socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nx-auth-token: any\r\n\r\n`);

    expect((await text(socket)).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 408']);
  });

  it('may meet its next request with 408', async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ when: ({ nthOfConnection }) => nthOfConnection > 1, answer: { status: 408 } });

    expect((await list('host_id=host-1')).status).toBe(200);
  });
});

describe('what stands before HSS', () => {
  it('may block by a page of its own', async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer: firewallPage });

    const { status, headers, text: page } = await list('host_id=host-1');

    expect({ status, type: headers['content-type'] }).toEqual({ status: 403, type: 'text/html; charset=utf-8' });
    expect(headers).not.toHaveProperty('x-request-id');
    expect(page).toContain('blocked by the firewall');
  });

  it.each([undefined, '0', '7', 'Wed, 21 Oct 2015 07:28:00 GMT'])(
    'may throttle, with Retry-After: %s',
    async (wait) => {
      const { simulator, list } = await startTalk();
      simulator.on({ answer: throttled(wait) });

      const { status, headers, text: body } = await list('host_id=host-1');

      expect({ status, wait: headers['retry-after'] }).toEqual({ status: 429, wait });
      expect(JSON.parse(body)).toMatchObject({ error_code: 'APIGW.0308' });
    },
  );
});

it('an error of the gateway keeps its request id under compression', async () => {
  const talk = await startTalk();
  talk.simulator.on({ answer: { ...gatewayError('APIGW.0601', 500), ...compressed('br') } });

  const { headers, bytes } = await bytesOf(talk);

  expect(JSON.parse(brotliDecompressSync(bytes).toString())).toMatchObject({ request_id: headers['x-request-id'] });
});
