import { describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../src/simulator/simulator.ts';
import { readExample, startTalk, toError } from './talk.ts';

const strict: SimulatorOptions = {
  strictTokens: [
    { token: 'good' },
    { token: 'old', expired: true },
    { token: 'elsewhere', projects: ['other'] },
    { token: 'finance', enterpriseProjects: ['ep-finance'] },
    { token: 'two', enterpriseProjects: ['ep-finance', 'ep-research'] },
  ],
};

describe('a request without a token', () => {
  it.each<Record<string, string>>([{}, { 'x-auth-token': '' }])('is refused by the gateway: %j', async (headers) => {
    const { send } = await startTalk();

    const answer = await send({ path: '/v5/p/asset/ports?host_id=host-1', headers });

    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toEqual({
      error_msg: 'Incorrect IAM authentication information: x-auth-token not found',
      error_code: 'APIGW.0301',
      request_id: answer.headers['x-request-id'],
    });
  });

  it('is refused before anything else is looked at', async () => {
    const { send } = await startTalk();

    expect(toError(await send({ path: '/v5/p/asset/ports?limit=1', headers: {} }))).toBe('401 APIGW.0301');
  });
});

describe('strict tokens', () => {
  it('let a known token in', async () => {
    const { page } = await startTalk(strict);

    expect((await page('host_id=host-1', 'good')).total_num).toBe(1);
  });

  it.each([
    ['an unknown token', 'guessed', '401-token-decrypt'],
    ['an expired one', 'old', '401-token-must-be-updated'],
  ])('refuse %s as HSS does', async (_kind, token, example) => {
    const { list } = await startTalk(strict);

    const answer = await list('host_id=host-1', token);

    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toEqual({
      ...(readExample(example).body as object),
      request_id: answer.headers['x-request-id'],
    });
  });

  it.each([
    ['403', '403 APIGW.0302'],
    ['400', '400 HSS.0013'],
  ] as const)("refuse another project's token by the switch: %s", async (foreignProject, error) => {
    const { list } = await startTalk({ ...strict, foreignProject });

    expect(toError(await list('host_id=host-1', 'elsewhere'))).toBe(error);
    expect(await list('host_id=host-1', 'elsewhere', 'other')).toMatchObject({ status: 200 });
  });

  it('make a user of one enterprise project name it', async () => {
    const { list, page } = await startTalk(strict);
    const example = readExample('400-hss-0013');

    const unnamed = await list('host_id=finance-host', 'finance');

    expect({ status: unnamed.status, body: JSON.parse(unnamed.text) as unknown }).toMatchObject({
      status: example.status,
      body: example.body,
    });
    for (const other of ['0', 'ep-research', 'all_granted_eps']) {
      const answer = await list(`host_id=finance-host&enterprise_project_id=${other}`, 'finance');
      expect(toError(answer)).toBe('400 HSS.0013');
    }
    expect((await page('host_id=finance-host&enterprise_project_id=ep-finance', 'finance')).total_num).toBe(3);
  });

  it('show a user of several enterprise projects all of them, and no other', async () => {
    const { page } = await startTalk(strict);
    const count = async (host: string) =>
      (await page(`host_id=${host}&enterprise_project_id=all_granted_eps`, 'two')).total_num;

    expect([await count('finance-host'), await count('research-host'), await count('host-40')]).toEqual([3, 2, 0]);
  });

  it('may be turned on while the simulator runs', async () => {
    const { simulator, list } = await startTalk();
    simulator.switches.strictTokens = [{ token: 'good' }];

    expect(await list('host_id=host-1', 'any')).toMatchObject({ status: 401 });
  });
});
