import { describe, expect, it } from 'vitest';
import { readPortListPart } from '../../src/hss/port-row.ts';
import { createUnknownValues } from '../../src/hss/transport/unknown-values.ts';
import { plainList as list } from '../support/plain-list.ts';

const row = {
  host_id: 'host',
  port: 22,
  type: 'TCP',
  laddr: '::',
  pid: 7,
  path: '/a',
  agent_id: 'a',
  status: 'normal',
};

/** What is made of an answer of some rows, and what was told of them. */
function read(rows: readonly unknown[], { total = rows.length, offset = 0, limit = 200 } = {}) {
  const told: object[] = [];
  const part = readPortListPart(
    { total_num: total, data_list: rows },
    { list, offset, limit, bytes: 0 },
    createUnknownValues((details) => told.push(details))(() => false),
  );
  return { part, rows: part?.rows ?? [], told };
}

describe('the rows of one answer', () => {
  it('that nothing tells apart have numbers, so that each has an id of its own', () => {
    const { rows } = read([
      row,
      { ...row, path: '/b' },
      row,
      { ...row, status: 'danger' },
      { ...row, path: '/b' },
      {},
      {},
    ]);
    expect(rows.map((one) => one?.ordinal)).toEqual([0, 0, 1, 2, 1, 0, 1]);
  });

  it('are those that were asked for alone', () => {
    const { rows } = read(
      Array.from({ length: 20 }, (_, index) => ({ ...row, port: index })),
      { limit: 12 },
    );
    expect(rows.map((one) => one?.port)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('that are of another host keep their place, and show nothing', () => {
    const { rows, told } = read([
      row,
      { ...row, host_id: 'other' },
      { ...row, port: 23 },
      { ...row, host_id: 'third' },
    ]);
    expect(rows.map((one) => one?.port ?? null)).toEqual([22, null, 23, null]);
    expect(told).toEqual([{ field: 'host_id' }]);
  });

  it.each([
    ['22', 22],
    ['0', 0],
    ['2147483647', 2_147_483_647],
    ['2147483648', null],
    ['', null],
    ['-1', null],
    ['22 ', null],
    ['0x16', null],
    [22.5, null],
    [-1, null],
    [true, null],
    [[22], null],
  ])('have a number for %j as it is meant, and tell it once', (given, port) => {
    const { rows, told } = read([
      { ...row, port: given },
      { ...row, port: given, pid: '9' },
    ]);
    expect(rows.map((one) => one?.port)).toEqual([port, port]);
    expect(rows[1]?.pid).toBe(9);
    expect(told).toEqual([{ field: 'port' }, { field: 'pid' }]);
  });

  it.each([undefined, null])('are silent of a field that is %s', (nothing) => {
    const fields = ['host_id', 'port', 'type', 'laddr', 'pid', 'path', 'agent_id', 'container_id', 'status'];
    const { rows, told } = read([Object.fromEntries(fields.map((field) => [field, nothing]))]);
    expect(rows[0]).toMatchObject({ hostId: 'host', port: null, protocol: null, status: null, executablePath: null });
    expect(told).toEqual([]);
  });

  it.each(['laddr', 'path', 'agent_id', 'container_id', 'type', 'status'])('have no %s that is no text', (field) => {
    const { rows, told } = read([{ ...row, container_id: 'c', [field]: 5 }]);
    expect(Object.values(rows[0]!)).not.toContain(5);
    expect(told).toEqual([{ field }]);
  });

  it.each(['TCP', 'UDP', 'TCP6', 'UDP6'])('have the protocol %s, of which nothing is told', (type) => {
    const { rows, told } = read([{ ...row, type }]);
    expect(rows[0]).toMatchObject({ protocol: type, protocolText: type });
    expect(told).toEqual([]);
  });

  it('have no protocol of a word that HSS documents nowhere, which is told', () => {
    const { rows, told } = read([{ ...row, type: 'SCTP' }]);
    expect(rows[0]).toMatchObject({ protocol: null, protocolText: 'SCTP' });
    expect(told).toEqual([{ field: 'type', word: 'SCTP' }]);
  });

  it.each([
    ['normal', 'normal'],
    ['danger', 'danger'],
    ['unknow', 'unknown'],
    ['unknown', 'unknown'],
  ])('have a status that HSS calls %s, of which nothing is told', (word, status) => {
    const { rows, told } = read([{ ...row, status: word }]);
    expect(rows[0]?.status).toBe(status);
    expect(told).toEqual([]);
  });

  it.each([12_345, ['other'], { id: 'other' }, true])('are of another host where theirs is no text: %j', (host_id) => {
    const { rows, told } = read([{ ...row, host_id }]);
    expect(rows).toEqual([null]);
    expect(told).toEqual([{ field: 'host_id' }]);
  });

  it('have an unknown status of a word that HSS documents nowhere, which is told', () => {
    const { rows, told } = read([{ ...row, status: 'severe' }]);
    expect(rows[0]?.status).toBe('unknown');
    expect(told).toEqual([{ field: 'status', word: 'severe' }]);
  });

  it('have nothing where HSS sends the empty text', () => {
    const texts = ['type', 'laddr', 'path', 'agent_id', 'container_id', 'status', 'host_id'];
    const { rows, told } = read([{ ...row, ...Object.fromEntries(texts.map((field) => [field, ''])) }]);
    expect(rows[0]).toMatchObject({
      hostId: 'host',
      ...{ protocol: null, protocolText: null, status: null, listenAddress: null },
      ...{ executablePath: null, agentId: null, containerId: null },
    });
    expect(told).toEqual([]);
  });

  it.each([undefined, null, 'a text', 7, true, []])('are none of an answer that is %j', (json) => {
    expect(readPortListPart(json, { list, offset: 0, limit: 10, bytes: 0 }, silent)).toBeNull();
  });

  it.each([null, 'a text', 7, []])('are none of an answer that has %j for a row', (one) => {
    const json = { total_num: 2, data_list: [row, one] };
    expect(readPortListPart(json, { list, offset: 0, limit: 10, bytes: 0 }, silent)).toBeNull();
  });

  it.each([{}, 'a text', 7])('are none of an answer whose rows are %j', (rows) => {
    const json = { total_num: 0, data_list: rows };
    expect(readPortListPart(json, { list, offset: 0, limit: 10, bytes: 0 }, silent)).toBeNull();
  });

  it.each([null, undefined, 'ten', '', -1, 1.5, true, [3]])('are none of an answer whose total is %j', (total) => {
    expect(
      readPortListPart({ total_num: total, data_list: [] }, { list, offset: 0, limit: 10, bytes: 0 }, silent),
    ).toBeNull();
  });

  it.each([
    [0, 0, true],
    [7, 7, true],
    ['7', 8, true],
    [7, 6, false],
  ])('may be missing where a total of %j leaves none from %d on: %s', (total, offset, isAnswer) => {
    for (const body of [{ total_num: total }, { total_num: total, data_list: null }]) {
      const part = readPortListPart(body, { list, offset, limit: 10, bytes: 90 }, silent);
      expect(part).toEqual(isAnswer ? { total: Number(total), rows: [], bytes: 90 } : null);
    }
  });
});

const silent = createUnknownValues(() => undefined)(() => false);
