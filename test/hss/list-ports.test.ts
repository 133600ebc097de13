import { describe, expect, it } from 'vitest';
import { toListKey } from '../../src/hss/list-key.ts';
import { listKey, listPortsEndpoint, listPortsPath, type PortList } from '../../src/hss/list-ports.ts';
import { isRead } from '../../src/hss/transport/endpoint.ts';
import { plainList } from '../support/plain-list.ts';

const plain: PortList = { ...plainList, hostId: 'h' };
const filtered: PortList = {
  hostId: 'h',
  port: 22,
  protocol: 'TCP6',
  status: 'danger',
  hostName: 'web & more',
  hostIp: '10.0.0.1',
  category: 'container',
  enterpriseProjectId: 'all_granted_eps',
};

describe('a read of open ports', () => {
  it("is a GET of HSS's path, with the host, its category and the part of the list", () => {
    expect(isRead(listPortsEndpoint)).toBe(true);
    expect(listPortsPath('project', plain, 400, 200)).toBe(
      '/v5/project/asset/ports?host_id=h&category=host&limit=200&offset=400',
    );
  });

  it('has every filter by its name in HSS', () => {
    const url = new URL(listPortsPath('project', filtered, 0, 10), 'http://hss');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      host_id: 'h',
      category: 'container',
      host_name: 'web & more',
      host_ip: '10.0.0.1',
      port: '22',
      type: 'TCP6',
      status: 'danger',
      enterprise_project_id: 'all_granted_eps',
      limit: '10',
      offset: '0',
    });
  });

  it.each([
    ['unknown', 'unknow'],
    ['normal', 'normal'],
  ] as const)('filters by a status as HSS spells it: %s', (status, word) => {
    const url = new URL(listPortsPath('project', { ...plain, status }, 0, 10), 'http://hss');
    expect(url.searchParams.get('status')).toBe(word);
  });

  it('passes on any other text as it is, be it the word of a status', () => {
    const url = new URL(listPortsPath('project', { ...plain, hostName: 'unknown' }, 0, 10), 'http://hss');
    expect(url.searchParams.get('host_name')).toBe('unknown');
  });

  it('is encoded: a blank is no `+`, and no project leaves its place in the path', () => {
    const path = listPortsPath('a/b', { ...plain, hostName: 'a b+c' }, 0, 10);
    expect(path).toMatch(/^\/v5\/a%2Fb\/asset\/ports\?/);
    expect(path).toContain('host_name=a%20b%2Bc&');
  });
});

describe('lists', () => {
  it('are equal where HSS cannot tell them apart', () => {
    expect(listKey({ ...filtered })).toBe(listKey(filtered));
    expect(listKey({ ...plain, enterpriseProjectId: '0' })).toBe(listKey(plain));
  });

  it('are equal in all of their parts', () => {
    const [query] = [400, 0].map((offset) => listPortsPath('project', filtered, offset, 10).split('?')[1]!);
    expect(toListKey(listPortsEndpoint, query!)).toBe(listKey(filtered));
  });

  it('differ in every filter', () => {
    const keys = Object.entries(filtered).map(([name, value]) => listKey({ ...plain, [name]: value as never }));
    // The host is the same in both.
    expect(new Set([listKey(plain), ...keys]).size).toBe(keys.length);
  });
});
