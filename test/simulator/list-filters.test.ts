import { describe, expect, it } from 'vitest';
import type { Page } from './talk.ts';
import { startTalk } from './talk.ts';

const ports = ({ data_list: rows }: Page) => rows.map((row) => row.port);

describe('a list filter', () => {
  it.each([
    ['port', 'host_id=risky-host&port=445', [445, 445]],
    ['type', 'host_id=risky-host&type=UDP', [68]],
    ['status danger', 'host_id=risky-host&status=danger', [21, 23, 445, 445, 3389]],
    ['status normal', 'host_id=risky-host&status=normal', [22, 443]],
    ['status unknow', 'host_id=risky-host&status=unknow', [68]],
    ['status unknown', 'host_id=risky-host&status=unknown', [68]],
    ['several at once', 'host_id=risky-host&status=danger&type=TCP&port=21', [21]],
    ['nothing that fits', 'host_id=risky-host&port=21&type=UDP', []],
    ['a part of the host name', 'host_id=risky-host&host_name=risky&port=21', [21]],
    ['another host name', 'host_id=risky-host&host_name=web&port=21', []],
    ['the host ip', 'host_id=risky-host&host_ip=10.0.0.20&port=21', [21]],
    ['a part of the host ip', 'host_id=risky-host&host_ip=10.0.0.2&port=21', []],
    ['empty texts', 'host_id=risky-host&host_name=&host_ip=&port=21', [21]],
  ] as const)('by %s leaves what fits', async (_name, query, expected) => {
    const { page } = await startTalk();

    expect(ports(await page(query))).toEqual(expected);
  });

  it('counts and pages what fits, not what is there', async () => {
    const { page } = await startTalk();

    const result = await page('host_id=host-350&type=UDP&limit=10&offset=80');

    expect(result.total_num).toBe(87);
    expect(result.data_list).toHaveLength(7);
  });
});

describe('the category', () => {
  it('is host unless container is asked for', async () => {
    const { page } = await startTalk();

    expect(ports(await page('host_id=container-host'))).toEqual([22, 2375]);
    expect(ports(await page('host_id=container-host&category=host'))).toEqual([22, 2375]);
    expect(ports(await page('host_id=container-host&category=container'))).toEqual([80, 8080, 6379, 8080]);
  });

  it('gives container rows their container id', async () => {
    const { page } = await startTalk();

    const { data_list: rows } = await page('host_id=container-host&category=container');

    expect(new Set(rows.map((row) => row.container_id)).size).toBe(2);
    for (const row of rows) expect(row.container_id).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the enterprise project', () => {
  it.each([
    ['finance-host', '', 0],
    ['finance-host', '0', 0],
    ['finance-host', 'ep-finance', 3],
    ['finance-host', 'ep-research', 0],
    ['finance-host', 'all_granted_eps', 3],
    ['research-host', 'ep-research', 2],
    ['risky-host', '', 8],
    ['risky-host', '0', 8],
    ['risky-host', 'ep-finance', 0],
    ['risky-host', 'all_granted_eps', 8],
  ])('decides what is seen: %s under "%s" has %i ports', async (host, project, count) => {
    const { page } = await startTalk();

    expect((await page(`host_id=${host}&enterprise_project_id=${project}`)).total_num).toBe(count);
  });

  it('is the default one where it is left out', async () => {
    const { page } = await startTalk();

    expect((await page('host_id=finance-host')).total_num).toBe(0);
    expect((await page('host_id=risky-host')).total_num).toBe(8);
  });
});
