import { describe, expect, it } from 'vitest';
import { readExample, startTalk, toError } from './talk.ts';

const long = (length: number) => 'x'.repeat(length);

const refused = [
  ['no host_id', ''],
  ['a host_id of 129 characters', `host_id=${long(129)}`],
  ['a host_name of 129 characters', `host_id=host-40&host_name=${long(129)}`],
  ['a host_ip of 129 characters', `host_id=host-40&host_ip=${long(129)}`],
  ['an enterprise_project_id of 257 characters', `host_id=host-40&enterprise_project_id=${long(257)}`],
  ['port 0', 'host_id=host-40&port=0'],
  ['port 65536', 'host_id=host-40&port=65536'],
  ['a port that is no number', 'host_id=host-40&port=ssh'],
  ['a port with a fraction', 'host_id=host-40&port=22.5'],
  ['an empty port', 'host_id=host-40&port='],
  ['limit 9', 'host_id=host-40&limit=9'],
  ['limit 201', 'host_id=host-40&limit=201'],
  ['limit NaN', 'host_id=host-40&limit=NaN'],
  ['offset -1', 'host_id=host-40&offset=-1'],
  ['offset 2000001', 'host_id=host-40&offset=2000001'],
  ['an unknown type', 'host_id=host-40&type=SCTP'],
  ['a type in small letters', 'host_id=host-40&type=tcp'],
  ['an unknown status', 'host_id=host-40&status=risky'],
  ['an unknown category', 'host_id=host-40&category=vm'],
] as const;

const taken = [
  ['a host_id of 128 characters', `host_id=${long(128)}`],
  ['an empty host_id', 'host_id='],
  ['a host_name and host_ip of 128 characters', `host_id=host-40&host_name=${long(128)}&host_ip=${long(128)}`],
  ['an enterprise_project_id of 256 characters', `host_id=host-40&enterprise_project_id=${long(256)}`],
  ['port 1', 'host_id=host-40&port=1'],
  ['port 65535', 'host_id=host-40&port=65535'],
  ['limit 10', 'host_id=host-40&limit=10'],
  ['limit 200', 'host_id=host-40&limit=200'],
  ['offset 2000000', 'host_id=host-40&offset=2000000'],
  ['unknown parameters', 'host_id=host-40&hlimit=1&sort_key=port'],
] as const;

describe('a list request', () => {
  it.each(refused)('is refused for %s', async (_bound, query) => {
    const { list } = await startTalk();
    const { status, body } = readExample('400-hss-0001');

    const answer = await list(query);

    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual(body);
  });

  it.each(taken)('may have %s', async (_bound, query) => {
    const { list } = await startTalk();

    expect(await list(query)).toMatchObject({ status: 200 });
  });

  it('may have a project id of 256 characters, and no more', async () => {
    const { list } = await startTalk();

    expect(await list('host_id=host-1', 'any', long(256))).toMatchObject({ status: 200 });
    expect(toError(await list('host_id=host-1', 'any', long(257)))).toBe('400 HSS.0001');
  });

  it('may have a token of 32,768 characters, and no more', async () => {
    const { list } = await startTalk();

    expect(await list('host_id=host-1', long(32_768))).toMatchObject({ status: 200 });
    expect(toError(await list('host_id=host-1', long(32_769)))).toBe('400 HSS.0001');
  });
});
