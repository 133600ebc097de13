import { describe, expect, it } from 'vitest';
import { createBuiltInHosts } from '../../src/simulator/built-in-hosts.ts';
import { demoTokens } from '../../src/simulator/tokens.ts';
import { startTalk } from './talk.ts';

describe('the front page', () => {
  it('lists every host with what it is there for, and needs no token', async () => {
    const { simulator, send } = await startTalk();

    const { status, headers, text } = await send({ path: '/', headers: {} });

    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/plain; charset=utf-8' });
    for (const { hostId, about } of createBuiltInHosts()) {
      expect(about).not.toBeUndefined();
      expect(text).toMatch(new RegExp(`^ {2}${hostId} +${about?.replaceAll(/[().]/g, '.') ?? ''}$`, 'm'));
    }
    expect(text).toContain('X-Auth-Token: any, such as demo-token.');
    expect(simulator.calls).toEqual([]);
  });

  it('lists a host that was added', async () => {
    const { simulator, send } = await startTalk({ data: [] });
    simulator.addHost({ hostId: 'mine', rows: [] });

    expect((await send({ path: '/' })).text).toContain('\n  mine\n');
  });

  it('shows the demo tokens of a strict simulator, and no other', async () => {
    const { send } = await startTalk({ strictTokens: [...demoTokens, { token: 'somebodys' }] });

    const { text } = await send({ path: '/' });

    for (const { token } of demoTokens) expect(text).toContain(token);
    expect(text).not.toContain('somebodys');
  });
});
