import { describe, expect, it } from 'vitest';
import { readExample, startTalk } from './talk.ts';

describe("the documents' own requests", () => {
  it('list the two rows of the example, to the letter and in its order', async () => {
    const { send } = await startTalk();
    const { body } = readExample('200-list-ports.seed');

    const answer = await send({
      path: '/v5/p/asset/ports?hlimit=10&offset=0&host_id=dd91cd32-a238-4c0e-bc01-3b11653714ac',
    });

    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.text).toBe(JSON.stringify(body));
  });

  it('end with an empty page past the last row', async () => {
    const { page } = await startTalk();
    const { body } = readExample('200-list-ports.empty');

    expect(await page('host_id=dd91cd32-a238-4c0e-bc01-3b11653714ac&offset=2')).toEqual(body);
  });

  it('modify ports without a category, and are answered without a body', async () => {
    const { modify } = await startTalk();
    const { requestBody } = readExample('200-modify.seed');

    const answer = await modify(requestBody, 'enterprise_project_id=all_granted_eps');

    expect(answer).toMatchObject({ status: 200, text: '' });
  });
});
