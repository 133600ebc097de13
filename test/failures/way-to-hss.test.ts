import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtGateway } from '../support/build.ts';
import { createAuthority } from '../support/certificates.ts';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { freePort } from '../support/free-port.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { ask, spawnGateway, type GatewayProcess } from '../support/gateway-process.ts';
import { startGateway } from '../support/gateway.ts';
import { portsOfHost } from '../support/operations.ts';

const read = '{ host(id: "h") { ports { totalCount } } }';

interface TlsServer {
  readonly origin: string;
  readonly calls: readonly { readonly path: string; readonly token: unknown }[];
}

/** An HSS behind TLS, whose lists are empty. */
async function startTlsServer(options: ServerOptions): Promise<TlsServer> {
  const calls: { path: string; token: unknown }[] = [];
  const server = createServer(options, ({ url = '', headers }, response) => {
    calls.push({ path: url, token: headers['x-auth-token'] });
    response.end('{"total_num":0,"data_list":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

/** What an operation comes to, and why calls to HSS failed, as `/metrics` has it. */
async function outcome(gateway: GatewayProcess): Promise<{ data: unknown; code: unknown; reasons: string[] }> {
  const url = await gateway.url();
  const { data, errors } = (await (await ask(url, read)).json()) as {
    data: unknown;
    errors?: { extensions: { code: unknown } }[];
  };
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  const reasons = [...metrics.matchAll(/^hss_gateway_upstream_failures_total\{reason="(.*)"\} [1-9]/gm)];
  return { data, code: errors?.[0]?.extensions.code ?? null, reasons: reasons.map(([, reason]) => reason as string) };
}

const emptyList = { host: { ports: { totalCount: 0 } } };
const inProject = { HSS_PROJECT_ID: 'p' };

beforeAll(() => builtGateway(), 180_000);

describe('a connection to HSS that cannot be made', () => {
  it('is made where NODE_EXTRA_CA_CERTS names the authority of its certificate', async () => {
    const { file, issue } = createAuthority();
    const { origin, calls } = await startTlsServer(issue('127.0.0.1'));
    const gateway = await spawnGateway({ ...inProject, HSS_ENDPOINT: origin, NODE_EXTRA_CA_CERTS: file });
    expect(await outcome(gateway)).toEqual({ data: emptyList, code: null, reasons: [] });
    expect(calls).toHaveLength(1);
  });

  const bad: readonly (readonly [reason: string, subject: string, days: number, isTrusted: boolean])[] = [
    ['CERT_HAS_EXPIRED', '127.0.0.1', -1, true],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'other.example', 1, true],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', '127.0.0.1', 1, false],
  ];
  it.each(bad)('says %s in the metrics, and sends no token', async (reason, subject, days, isTrusted) => {
    const { file, issue } = createAuthority();
    const { origin, calls } = await startTlsServer(issue(subject, days));
    const gateway = await spawnGateway({
      ...inProject,
      HSS_ENDPOINT: origin,
      ...(isTrusted && { NODE_EXTRA_CA_CERTS: file }),
    });
    expect(await outcome(gateway)).toEqual({
      data: { host: { ports: null } },
      code: 'UPSTREAM_UNAVAILABLE',
      reasons: [reason],
    });
    expect(calls).toEqual([]);
    // The name of a certificate may be HSS's.
    expect(gateway.stdout()).not.toContain(subject === 'other.example' ? subject : 'test-ca');
  });

  it('says so where TLS versions differ, no TLS is spoken, no name is known, and nobody listens', async () => {
    const { issue } = createAuthority();
    const old = await startTlsServer({
      ...issue('127.0.0.1'),
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const plain = await startFaultServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const endpoints: readonly (readonly [string, RegExp])[] = [
      [old.origin, /^ERR_SSL_|EPROTO/],
      [
        plain.origin.replace('http:', 'https:'),
        /^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO)$/,
      ],
      ['http://no-such-name.invalid', /^(ENOTFOUND|EAI_AGAIN)$/],
      [`http://127.0.0.1:${await freePort()}`, /^ECONNREFUSED$/],
    ];
    for (const [endpoint, reason] of endpoints) {
      const { query, fetch } = await startGateway({ env: { HSS_ENDPOINT: endpoint } });
      const { errors } = await query(portsOfHost);
      expect(errors![0]!.extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE' });
      const label = /_upstream_failures_total\{reason="(.*)"\} 3$/m.exec(await (await fetch('/metrics')).text())?.[1];
      expect(label).toMatch(reason);
    }
  });
});

describe('a proxy towards HSS', () => {
  it('carries every call, with its credentials and none of the token', async () => {
    const { file, issue } = createAuthority();
    const { origin, calls } = await startTlsServer(issue('127.0.0.1'));
    const proxy = await startConnectProxy();
    const gateway = await spawnGateway({
      ...inProject,
      HSS_ENDPOINT: origin,
      HSS_PROXY: proxy.origin.replace('//', '//user:canary%40@'),
      NODE_EXTRA_CA_CERTS: file,
    });
    expect(await outcome(gateway)).toEqual({ data: emptyList, code: null, reasons: [] });
    expect(await outcome(gateway)).toMatchObject({ data: emptyList });
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatchObject({ token: 'token' });
    // One tunnel, used twice.
    expect(proxy.requests).toEqual([
      {
        target: `CONNECT ${new URL(origin).host}`,
        authorization: `Basic ${Buffer.from('user:canary@').toString('base64')}`,
      },
    ]);
    expect(gateway.stdout()).not.toContain('canary');
  });

  it('is the one of HTTPS_PROXY where HSS_PROXY names none, but for what NO_PROXY names', async () => {
    const { file, issue } = createAuthority();
    const { origin, calls } = await startTlsServer(issue('127.0.0.1'));
    const proxy = await startConnectProxy();
    const env = { ...inProject, HSS_ENDPOINT: origin, HTTPS_PROXY: proxy.origin, NODE_EXTRA_CA_CERTS: file };
    expect(await outcome(await spawnGateway(env))).toMatchObject({ data: emptyList });
    expect(await outcome(await spawnGateway({ ...env, NO_PROXY: '127.0.0.1' }))).toMatchObject({ data: emptyList });
    expect(calls).toHaveLength(2);
    expect(proxy.requests).toHaveLength(1);
  });

  it('checks the certificate of HSS all the same', async () => {
    const { file, issue } = createAuthority();
    const { origin, calls } = await startTlsServer(issue('127.0.0.1', -1));
    const { origin: proxy } = await startConnectProxy();
    const env = { ...inProject, HSS_ENDPOINT: origin, HSS_PROXY: proxy, NODE_EXTRA_CA_CERTS: file };
    const { code, reasons } = await outcome(await spawnGateway(env));
    expect({ code, reasons }).toEqual({ code: 'UPSTREAM_UNAVAILABLE', reasons: ['CERT_HAS_EXPIRED'] });
    expect(calls).toEqual([]);
  });

  it.each([407, 403, 502])('that refuses the tunnel by %d is told as such', async (status) => {
    const proxy = await startConnectProxy(status);
    const { query, fetch } = await startGateway({
      config: { hssProxy: new URL(proxy.origin), hssEndpoint: new URL('https://hss.example') },
    });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await (await fetch('/metrics')).text()).toMatch(/_failures_total\{reason="PROXY_REFUSED"\} 3$/m);
    expect(proxy.requests).toHaveLength(3);
  });

  it.each([
    ['a page', 'Content-Type: text/html\r\n\r\n<html>blocked</html>'],
    ['an answer', 'Content-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'],
  ])(
    'that makes a tunnel of %s is tried no more than three times, also towards HSS without TLS',
    async (_what, rest) => {
      const { origin, requests } = await startFaultServer((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`));
      const { query } = await startGateway({
        config: { hssProxy: new URL(origin), hssEndpoint: new URL('http://hss.example') },
      });
      const { errors } = await query(portsOfHost);
      expect(errors![0]!.extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE' });
      expect(requests).toHaveLength(3);
    },
  );

  it('that hangs up, or is not there, is tried no more than three times', async () => {
    const { origin, requests } = await startFaultServer((socket) => socket.destroy());
    for (const proxy of [origin, `http://127.0.0.1:${await freePort()}`]) {
      const { query } = await startGateway({
        config: { hssProxy: new URL(proxy), hssEndpoint: new URL('https://hss.example') },
      });
      const { errors } = await query(portsOfHost);
      expect(errors![0]!.extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE' });
    }
    expect(requests).toHaveLength(3);
  });
});
