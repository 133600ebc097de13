import { describe, expect, it } from 'vitest';
import { startTalk, toError } from './talk.ts';

const long = (length: number) => 'x'.repeat(length);
const target = { agent_id: 'agent', port: 22, port_type: 'TCP' };
const batch = (...targets: readonly unknown[]) => ({ operate_type: 'ignore', data_list: targets });

const refused: readonly (readonly [string, unknown])[] = [
  ['an unknown operate_type', { operate_type: 'unignore', data_list: [target] }],
  ['an operate_type that is no text', { operate_type: true, data_list: [target] }],
  ['a data_list that is no list', { operate_type: 'ignore', data_list: target }],
  ['201 targets', batch(...Array.from({ length: 201 }, () => target))],
  ['a target that is no object', batch('22/TCP')],
  ['no agent_id', batch({ port: 22, port_type: 'TCP' })],
  ['an agent_id of 65 characters', batch({ ...target, agent_id: long(65) })],
  ['no port', batch({ agent_id: 'agent', port_type: 'TCP' })],
  ['port -1', batch({ ...target, port: -1 })],
  ['port 2147483648', batch({ ...target, port: 2_147_483_648 })],
  ['a port with a fraction', batch({ ...target, port: 22.5 })],
  ['a port in quotes', batch({ ...target, port: '22' })],
  ['no port_type', batch({ agent_id: 'agent', port: 22 })],
  ['port_type TCP6', batch({ ...target, port_type: 'TCP6' })],
  ['a container_id of 65 characters', batch({ ...target, container_id: long(65) })],
  ['a host_id of 65 characters', batch({ ...target, host_id: long(65) })],
  ['one bad target among good ones', batch(target, { ...target, port: -1 }, target)],
];

const taken: readonly (readonly [string, unknown])[] = [
  ['nothing in it', {}],
  ['no targets', batch()],
  ['200 targets', batch(...Array.from({ length: 200 }, () => target))],
  ['no operate_type', { data_list: [target] }],
  ['texts of 64 characters', batch({ ...target, agent_id: long(64), container_id: long(64), host_id: long(64) })],
  ['port 0', batch({ ...target, port: 0 })],
  ['port 2147483647', batch({ ...target, port: 2_147_483_647 })],
  ['fields nobody knows', { ...batch({ ...target, note: 'x' }), note: 'x' }],
];

describe('a write', () => {
  it.each(refused)('is refused for %s', async (_bound, body) => {
    const { modify } = await startTalk();

    expect(toError(await modify(body))).toBe('400 HSS.0001');
  });

  it.each(taken)('may have %s', async (_bound, body) => {
    const { modify } = await startTalk();

    expect(await modify(body)).toMatchObject({ status: 200 });
  });

  it.each(['', '{', 'null', '[]', '"ignore"'])('is refused for a body that is no JSON object: %j', async (body) => {
    const { modify } = await startTalk();

    expect(toError(await modify(body))).toBe('400 HSS.0002');
  });

  it.each(['category=vm', 'category=', `category=host&enterprise_project_id=`])(
    'is refused for the query %s',
    async (query) => {
      const { modify } = await startTalk();

      expect(toError(await modify(batch(target), query))).toBe('400 HSS.0001');
    },
  );

  it('is refused for an enterprise_project_id of 257 characters, and taken with 256', async () => {
    const { modify } = await startTalk();
    const query = (length: number) => `category=host&enterprise_project_id=${long(length)}`;

    expect(toError(await modify(batch(target), query(257)))).toBe('400 HSS.0001');
    expect(await modify(batch(target), query(256))).toMatchObject({ status: 200 });
  });

  it('is refused without a token', async () => {
    const { send } = await startTalk();
    const path = '/v5/p/asset/batch-modify-port-status?category=host';

    expect(toError(await send({ method: 'POST', path, headers: {}, body: '{}' }))).toBe('401 APIGW.0301');
  });
});
