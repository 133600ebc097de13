import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FaultAnswer } from '../../src/simulator/faults.ts';
import { hssError } from '../../src/simulator/error-replies.ts';
import { compressed, withByteOrderMark } from '../../src/simulator/middlebox.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { startGateway } from '../support/gateway.ts';
import { portsOfHost } from '../support/operations.ts';

const list = JSON.stringify({ total_num: 0, data_list: [] });
const encoded = (coding: string, bytes: Buffer): FaultAnswer => ({
  headers: { 'content-encoding': coding },
  encode: () => bytes,
});

describe('an answer of HSS', () => {
  it('is asked for as it is, by a client that says its name', async () => {
    const { query, simulator } = await startGateway();
    await query(portsOfHost);
    expect(simulator.calls[0]!.headers).toMatchObject({
      'accept-encoding': 'identity',
      'user-agent': expect.stringMatching(/^hss-open-port-gateway\/\d+\.\d+\.\d+/) as string,
    });
  });

  const readable: readonly (readonly [string, FaultAnswer])[] = [
    ['compressed by gzip', compressed('gzip')],
    ['compressed by deflate', compressed('deflate')],
    ['compressed by br', compressed('br')],
    ['compressed by deflate without its header', encoded('deflate', deflateRawSync(list))],
    ['compressed twice', encoded('GZIP, br', brotliCompressSync(gzipSync(list)))],
    ['not compressed, and says so', encoded('identity', Buffer.from(list))],
    [
      'empty, and said to be compressed',
      { ...hssError('HSS.0013'), body: '', headers: { 'content-encoding': 'gzip' } },
    ],
    ['marked as UTF-8 by its first bytes', withByteOrderMark],
    ['announced by 102', { informational: [102] }],
    ['announced by 103, twice', { informational: [103, 103] }],
  ];
  it.each(readable)('is read where it is %s', async (how, answer) => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer });
    const { data, errors } = await query(portsOfHost);
    if (how.startsWith('empty')) expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
    else expect(data.host.ports).toEqual({ totalCount: 0 });
    expect(simulator.calls).toHaveLength(1);
  });

  const unreadable: readonly (readonly [string, FaultAnswer])[] = [
    ['cut by a byte', compressed('gzip', 1)],
    ['cut by eight bytes', compressed('br', 8)],
    ['of a coding that nobody knows', encoded('zz', Buffer.from(list))],
    ['compressed three times', encoded('gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(list))))],
    ['a bomb of 64 MiB', encoded('gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')))],
    ['a bomb in a bomb', encoded('gzip, br', brotliCompressSync(gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))))],
  ];
  it.each(unreadable)('is none where it is %s', async (_what, answer) => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', upstream: { status: 200 } });
    expect(simulator.calls).toHaveLength(1);
  });

  it.each([
    ['what it says', gzipSync(JSON.stringify(hssError('HSS.0013').body)), 'FORBIDDEN'],
    ['its status, where it cannot be read', Buffer.from('no gzip'), 'BAD_USER_INPUT'],
  ])('that refuses, compressed, is told by %s', async (_what, bytes, code) => {
    const { query, simulator } = await startGateway();
    const { status, body } = hssError('HSS.0013');
    simulator.on({ answer: { status, body, headers: { 'content-encoding': 'gzip' }, encode: () => bytes } });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions).toMatchObject({ code, upstream: { status } });
  });

  it('to a write is that it was accepted, compressed or not', async () => {
    const { query, simulator } = await startGateway({ simulator: { modifyBody: 'object' } });
    simulator.on({ answer: compressed('gzip') });
    const { data } = await query(
      `mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) {
        acceptedCount
      } }`,
    );
    expect(data.setPortIgnore).toEqual({ acceptedCount: 1 });
  });

  it('that comes after an announcement with other headers has its own', async () => {
    const body = JSON.stringify({ error_code: 'APIGW.0302', error_msg: 'no' });
    const { origin } = await startFaultServer((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nX-Request-Id: early\r\nContent-Encoding: gzip\r\n\r\n');
      socket.end(`HTTP/1.1 403 Forbidden\r\nX-Request-Id: late\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    });
    const { query } = await startGateway({ env: { HSS_ENDPOINT: origin } });
    expect((await query(portsOfHost)).errors![0]!.extensions.upstream).toEqual({
      status: 403,
      code: 'APIGW.0302',
      requestId: 'late',
    });
  });
});
