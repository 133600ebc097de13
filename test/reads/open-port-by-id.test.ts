import { describe, expect, it } from 'vitest';
import type { PortRow } from '../../src/hss/port-row.ts';
import { createOpenPortById, readsToFind } from '../../src/reads/open-port-by-id.ts';
import { readOpenPortId, toOpenPortId, type OpenPortIdParts } from '../../src/reads/open-port-id.ts';
import type { OpenPorts } from '../../src/reads/open-ports.ts';
import type { RowFields } from '../../src/reads/response-bytes.ts';
import { openPortsOver } from './model-hss.ts';
import { modelRow } from './port-list-model.ts';

const keyOf = (row: PortRow): OpenPortIdParts => readOpenPortId(toOpenPortId(row))!;
const noFields: RowFields = { counts: new Map(), longNames: 0 };
const rowsOf = (count: number): PortRow[] => Array.from({ length: count }, (_, number) => modelRow(number));

/** Looks for rows in an HSS of these, and tells what it was asked as `port/protocol offset+limit`. */
function finderOf(rows: readonly PortRow[], options?: Parameters<typeof openPortsOver>[1], rowsOfRead = 200) {
  const { openPorts, calls } = openPortsOver(rows, options);
  const found: PortRow[] = [];
  const byId = createOpenPortById(
    openPorts,
    () => rowsOfRead,
    (row) => found.push(row),
  );
  return {
    find: (wanted: readonly PortRow[]) => Promise.all(wanted.map((row) => byId.load(keyOf(row), noFields))),
    found,
    asked: () => calls.map(({ list, offset, limit }) => `${list.port ?? ''}/${list.protocol ?? ''} ${offset}+${limit}`),
    calls,
  };
}

describe('a row that is looked for by its id', () => {
  it('is found under every filter that HSS knows', async () => {
    const rows = rowsOf(450);
    const { find, asked, calls } = finderOf(rows);
    expect(await find([rows[300]!])).toEqual([rows[300]]);
    expect(asked()).toEqual(['301/TCP 0+200']);
    expect(calls[0]!.list).toMatchObject({ hostId: 'host', status: null, hostName: null, hostIp: null });
  });

  it('is looked for in the category and enterprise project that it was read under', async () => {
    const row: PortRow = { ...modelRow(0), category: 'container', enterpriseProjectId: 'ep' };
    const { find, calls } = finderOf([row]);
    expect(await find([row])).toEqual([row]);
    expect(calls[0]!.list).toMatchObject({ category: 'container', enterpriseProjectId: 'ep' });
  });

  it('is null where no row has all that its id says, and nobody is told of it', async () => {
    const { find, found } = finderOf(rowsOf(3));
    expect(await find([{ ...modelRow(1), pid: 77 }, modelRow(9)])).toEqual([null, null]);
    expect(found).toEqual([]);
  });

  it('is told of as often as it goes into the response, and found once', async () => {
    const rows = rowsOf(2);
    const { find, found, calls } = finderOf(rows);
    expect(await find([rows[1]!, rows[1]!])).toEqual([rows[1], rows[1]]);
    expect(found).toEqual([rows[1], rows[1]]);
    expect(calls).toHaveLength(1);
  });

  it('fails alone where it may not go into the response', async () => {
    const [one, other] = rowsOf(2) as [PortRow, PortRow];
    const { openPorts } = openPortsOver([one, other]);
    const tooLarge = new Error('too large');
    const byId = createOpenPortById(
      openPorts,
      () => 200,
      (row) => {
        if (row === one) throw tooLarge;
      },
    );
    const results = await Promise.allSettled([one, other].map((row) => byId.load(keyOf(row), noFields)));
    expect(results).toEqual([
      { status: 'rejected', reason: tooLarge },
      { status: 'fulfilled', value: other },
    ]);
  });

  it.each<[what: string, fields: Partial<PortRow>, filters: string]>([
    ['port 0, which HSS does not filter by', { port: 0 }, '/TCP'],
    ['the first port that HSS filters by', { port: 1 }, '1/TCP'],
    ['the last port that HSS filters by', { port: 65_535 }, '65535/TCP'],
    ['a port that is none', { port: 65_536 }, '/TCP'],
    ['no port', { port: null }, '/TCP'],
    ['a protocol that HSS documents nowhere', { protocol: null, protocolText: 'SCTP' }, '1/'],
    ['no protocol', { protocol: null, protocolText: null }, '1/'],
  ])('is found though it has %s', async (_what, fields, filters) => {
    const row: PortRow = { ...modelRow(0), ...fields };
    const { find, asked } = finderOf([row]);
    expect(await find([row])).toEqual([row]);
    expect(asked()).toEqual([`${filters} 0+200`]);
  });
});

describe('rows of one host', () => {
  it('share a read under the filters that they have in common', async () => {
    const udp: PortRow = { ...modelRow(2), protocol: 'UDP', protocolText: 'UDP' };
    const rows = [modelRow(0), modelRow(1), udp, { ...udp, port: 1, pid: 9 }];
    for (const [wanted, filters] of [
      [[rows[0]!, rows[1]!], '/TCP'],
      [[rows[1]!, rows[2]!], '/'],
      [[rows[0]!, rows[3]!], '1/'],
    ] as const) {
      const { find, asked } = finderOf(rows);
      expect(await find(wanted)).toEqual(wanted);
      expect(asked()).toEqual([`${filters} 0+200`]);
    }
  });

  it('of a long list are looked for one by one where that takes fewer reads', async () => {
    const rows = rowsOf(800);
    const { find, asked } = finderOf(rows);
    const wanted = [rows[0]!, rows[500]!, rows[799]!];
    expect(await find(wanted)).toEqual(wanted);
    expect(asked()).toEqual(['/TCP 0+200', '501/TCP 0+200', '800/TCP 0+200']);
  });

  it('of a long list are read on where that takes no more reads', async () => {
    const rows = rowsOf(800);
    const { find, asked } = finderOf(rows);
    const wanted = [rows[0]!, rows[500]!, rows[600]!, rows[799]!];
    expect(await find(wanted)).toEqual(wanted);
    expect(asked()).toEqual(['/TCP 0+200', '/TCP 200+200', '/TCP 400+200', '/TCP 600+200']);
  });

  it('that came with the first read are looked for no further', async () => {
    const rows = rowsOf(800);
    const { find, asked } = finderOf(rows);
    await find([rows[0]!, rows[199]!]);
    expect(asked()).toEqual(['/TCP 0+200']);
  });

  it('of which a narrow list has more than one read holds are read on', async () => {
    const rows = rowsOf(450).map((row): PortRow => ({ ...row, port: 80 }));
    const { find, asked } = finderOf(rows);
    expect(await find([rows[449]!])).toEqual([rows[449]]);
    expect(asked()).toEqual(['80/TCP 0+200', '80/TCP 200+200', '80/TCP 400+200']);
  });

  it('of which one has no narrower list are read on', async () => {
    const rows = rowsOf(800).map((row, number): PortRow => (number === 300 ? { ...row, port: 0 } : row));
    const { find, asked } = finderOf(rows);
    expect(await find([rows[300]!, rows[700]!])).toEqual([rows[300], rows[700]]);
    expect(asked()).toEqual(['/TCP 0+200', '/TCP 200+200', '/TCP 400+200', '/TCP 600+200']);
  });

  it('of one port and several protocols are looked for by protocol', async () => {
    const protocolOf = (number: number) => (number === 300 ? 'TCP' : number === 700 ? 'UDP' : 'TCP6');
    const rows = rowsOf(800).map((row, number): PortRow => {
      const protocol = protocolOf(number);
      return { ...row, port: 80, protocol, protocolText: protocol };
    });
    const { find, asked } = finderOf(rows);
    expect(await find([rows[300]!, rows[700]!])).toEqual([rows[300], rows[700]]);
    expect(asked()).toEqual(['80/ 0+200', '80/TCP 0+200', '80/UDP 0+200']);
  });

  it('of one port are looked for together', async () => {
    const rows = rowsOf(800).map((row, number): PortRow => (number < 600 ? row : { ...row, port: 7_000 }));
    const { find, asked } = finderOf(rows);
    const wanted = [rows[0]!, rows[650]!, rows[700]!];
    expect(await find(wanted)).toEqual(wanted);
    expect(asked()).toEqual(['/TCP 0+200', '7000/TCP 0+200']);
  });

  it('are looked for in narrower lists after 10,000 rows, and where there are none in the rows that HSS does not count', async () => {
    const rows = rowsOf(12_000);
    const { find, asked } = finderOf(rows, { totalCap: 10_000 });
    // As many as it takes to read on; all but one stand in the first 10,000 rows.
    const wanted = [...rows.slice(9_000, 9_050), rows[11_000]!];
    expect(await find(wanted)).toEqual(wanted);
    expect(asked()).toHaveLength(51);
    expect(asked().at(-2)).toBe('/TCP 9800+200');
    expect(asked().at(-1)).toBe('11001/TCP 0+200');

    const alike = rowsOf(12_000).map((row): PortRow => ({ ...row, port: 80 }));
    const finder = finderOf(alike, { totalCap: 10_000 });
    expect(await finder.find([alike[9_999]!, alike[11_999]!])).toEqual([alike[9_999], alike[11_999]]);
    expect(finder.asked()).toHaveLength(60);
    const gone = finderOf(alike.slice(0, 11_000), { totalCap: 10_000 });
    expect(await gone.find([alike[11_999]!])).toEqual([null]);
  });

  it('of a list that HSS counts beyond 10,000 are read on no further than that', async () => {
    const rows = rowsOf(12_000);
    const { find, asked } = finderOf(rows);
    const wanted = rows.slice(9_000, 9_050);
    expect(await find(wanted)).toEqual(wanted);
    expect(asked()).toHaveLength(50);
  });
});

describe('rows of one host, of which a read fails', () => {
  const failure = new Error('no answer');
  const settle = async (rows: readonly PortRow[], wanted: readonly PortRow[], failing: string) => {
    const { find, asked } = finderOf(rows, {
      fail: ({ list, offset }) => (`${list.port ?? ''}/${list.protocol ?? ''} ${offset}` === failing ? failure : null),
    });
    return { results: await Promise.all(wanted.map((row) => find([row]).then(([found]) => found, String))), asked };
  };

  it('are answered but for those that no other read has brought', async () => {
    const rows = rowsOf(250);
    const { results } = await settle(rows, [rows[0]!, rows[240]!, { ...rows[1]!, pid: 77 }], '/TCP 200');
    expect(results).toEqual([rows[0], String(failure), String(failure)]);
  });

  it('are answered where they stand in another narrow list, or in another part of a long one', async () => {
    const rows = rowsOf(1_000);
    const narrow = await settle(rows, [rows[300]!, rows[301]!, rows[302]!], '302/TCP 0');
    expect(narrow.results).toEqual([rows[300], String(failure), rows[302]]);
    const wanted = [rows[1]!, rows[300]!, rows[500]!, rows[700]!, rows[900]!];
    const long = await settle(rows, wanted, '/TCP 400');
    expect(long.asked()).toHaveLength(5);
    expect(long.results).toEqual([rows[1], rows[300], String(failure), rows[700], rows[900]]);
  });
});

describe('rows of one host, of an HSS that gives fewer rows to a read', () => {
  it('are looked for in lists of their own where that takes fewer of its reads', async () => {
    const rows = rowsOf(1_000);
    const { find, asked } = finderOf(rows, {}, 20);
    const wanted = [rows[100]!, rows[500]!, rows[900]!];
    expect(await find(wanted)).toEqual(wanted);
    expect(asked()).toEqual(['/TCP 0+20', '101/TCP 0+20', '501/TCP 0+20', '901/TCP 0+20']);
  });
});

describe('rows of several hosts', () => {
  it('are read for themselves, and a failure of one is no other’s', async () => {
    const rows = ['a', 'b', 'a', 'c'].map((hostId, number): PortRow => ({ ...modelRow(number), hostId }));
    const failure = new Error('no answer');
    const { openPorts, calls } = openPortsOver(rows);
    const failing: OpenPorts = {
      ...openPorts,
      page: (list, want) => (list.hostId === 'b' ? Promise.reject(failure) : openPorts.page(list, want)),
    };
    const byId = createOpenPortById(
      failing,
      () => 200,
      () => undefined,
    );
    const results = await Promise.allSettled(rows.map((row) => byId.load(keyOf(row), noFields)));
    expect(results).toEqual([
      { status: 'fulfilled', value: rows[0] },
      { status: 'rejected', reason: failure },
      { status: 'fulfilled', value: rows[2] },
      { status: 'fulfilled', value: rows[3] },
    ]);
    expect(calls.map(({ list }) => list.hostId)).toEqual(['a', 'c']);
  });
});

describe('the reads that finding ids is estimated to take', () => {
  const keysOf = (rows: readonly PortRow[]): OpenPortIdParts[] => rows.map(keyOf);

  it('are one for each narrower list of a host', () => {
    const row = modelRow(0);
    expect(readsToFind([])).toBe(0);
    expect(readsToFind(keysOf([row, row, { ...row, pid: 7 }]))).toBe(1);
    expect(readsToFind(keysOf([row, modelRow(1)]))).toBe(2);
    expect(readsToFind(keysOf([row, { ...row, protocol: 'UDP', protocolText: 'UDP' }]))).toBe(2);
  });

  it('are those of each host, category and enterprise project', () => {
    const row = modelRow(0);
    const others: Partial<PortRow>[] = [{}, { hostId: 'b' }, { category: 'container' }, { enterpriseProjectId: 'ep' }];
    expect(readsToFind(keysOf(others.map((fields) => ({ ...row, ...fields }))))).toBe(4);
  });

  it('are never more than those of 10,000 rows', () => {
    expect(readsToFind(keysOf(rowsOf(50)))).toBe(50);
    expect(readsToFind(keysOf(rowsOf(51)))).toBe(50);
    expect(readsToFind(keysOf([...rowsOf(60), { ...modelRow(0), hostId: 'b' }]))).toBe(51);
  });
});
