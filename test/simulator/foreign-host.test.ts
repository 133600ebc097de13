import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { sendTo, startTalk, toError } from './talk.ts';

const lan = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const path = '/v5/p/asset/ports?host_id=this-machine';

describe('a simulator on loopback', () => {
  it.each([
    'localhost',
    'LOCALHOST:80',
    'hss.localhost:18080',
    'localhost.',
    '127.0.0.1',
    '127.1.2.3:1',
    '[::1]:18080',
  ])('is served under the name %s', async (host) => {
    const { simulator, send } = await startTalk();
    expect(await send({ path, headers: { host, 'x-auth-token': 'any' } })).toMatchObject({ status: 200 });
    expect(simulator.calls).toHaveLength(1);
  });

  it.each([
    'rebound.example',
    'rebound.example:18080',
    'localhost.example',
    '127.0.0.1.example',
    'xlocalhost',
    '192.0.2.1',
    '[::2]',
  ])('is not served under the name %j, nor are its hosts told', async (host) => {
    const { simulator, send } = await startTalk();
    const headers = { host, 'x-auth-token': 'any' };
    for (const asked of [path, '/', '/elsewhere']) {
      const answer = await send({ path: asked, headers });
      expect(toError(answer)).toBe('421 APIGW.0101');
      expect(answer.text).not.toContain('this-machine');
    }
    expect(simulator.calls).toEqual([]);
  });

  it('carries out no write under another name', async () => {
    const { simulator, send } = await startTalk();
    const answer = await send({
      method: 'POST',
      path: '/v5/p/asset/batch-modify-port-status?category=host',
      headers: { host: 'rebound.example', 'x-auth-token': 'any', 'content-type': 'application/json' },
      body: JSON.stringify({ operate_type: 'ignore', data_list: [{ agent_id: 'a', port: 1, port_type: 'TCP' }] }),
    });
    expect(answer.status).toBe(421);
    expect(simulator.isIgnored({ agentId: 'a', port: 1, type: 'TCP' })).toBe(false);
  });
});

describe.runIf(lan)('a simulator on an address of the network', () => {
  it('is served under any name there, and under loopback names on loopback', async () => {
    const simulator = createSimulator();
    onTestFinished(() => simulator.close());
    const { port } = new URL(await simulator.listen(0, '0.0.0.0'));
    const headers = { host: 'simulator.example', 'x-auth-token': 'any' };
    expect(await sendTo(`http://${lan!}:${port}`, { path, headers })).toMatchObject({ status: 200 });
    expect(await sendTo(`http://127.0.0.1:${port}`, { path, headers })).toMatchObject({ status: 421 });
  });
});
