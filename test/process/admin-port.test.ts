import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { builtGateway } from '../support/build.ts';
import { eventually } from '../support/eventually.ts';
import { ask, spawnGateway, type GatewayProcess } from '../support/gateway-process.ts';

beforeAll(() => builtGateway(), 180_000);

const ports = '{ host(id: "h") { ports { totalCount } } }';

async function start(env: Readonly<Record<string, string>> = {}, latencyMs = 0) {
  const simulator = createSimulator({ latencyMs });
  onTestFinished(() => simulator.close());
  const gateway: GatewayProcess = await spawnGateway({
    HSS_ENDPOINT: await simulator.listen(),
    HSS_PROJECT_ID: 'project',
    ADMIN_PORT: '0',
    ROUTER_SECRET: 'sesame',
    ...env,
  });
  const url = await gateway.url();
  const admin = String(gateway.log().find(({ msg }) => msg === 'listening')!.admin);
  return { gateway, simulator, url, admin };
}

describe.each([{}, { WEB_CONCURRENCY: '2' }])('the admin port, with %o', (env) => {
  it('serves metrics and probes without the secret, and nothing else', async () => {
    const { url, admin } = await start(env as Record<string, string>);
    for (const path of ['/metrics', '/health', '/ready']) expect((await fetch(admin + path)).status, path).toBe(200);
    expect(await (await fetch(`${admin}/metrics`)).text()).toContain('hss_gateway_build_info');
    expect((await ask(`${admin}/graphql`, ports)).status).toBe(404);
    const secret = { 'router-authorization': 'sesame' };
    expect((await fetch(new URL('/metrics', url), { headers: secret })).status).toBe(404);
    for (const path of ['/health', '/ready']) expect((await fetch(new URL(path, url))).status, path).toBe(200);
    expect((await ask(url, ports)).status).toBe(401);
    expect((await ask(url, ports, secret)).status).toBe(200);
  });
});

describe('the admin port of a gateway that ends', () => {
  it('says so until the last operation has been answered', async () => {
    const { gateway, simulator, url, admin } = await start({}, 4_000);
    const underWay = ask(url, ports, { 'router-authorization': 'sesame' });
    await eventually(() => expect(simulator.calls).toHaveLength(1));
    gateway.kill('SIGTERM');
    // No longer listening, it still answers probes.
    await eventually(() => expect(fetch(new URL('/health', url))).rejects.toThrow());
    const ready = await fetch(`${admin}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'draining', hss: 'unknown' }]);
    expect((await underWay).status).toBe(200);
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
  });
});

describe('a gateway without an admin port', () => {
  it('serves metrics where it serves operations', async () => {
    const { url, admin } = await start({ ADMIN_PORT: '' });
    expect(admin).toBe('undefined');
    expect((await fetch(new URL('/metrics', url))).status).toBe(401);
    expect((await fetch(new URL('/metrics', url), { headers: { 'router-authorization': 'sesame' } })).status).toBe(200);
  });
});
