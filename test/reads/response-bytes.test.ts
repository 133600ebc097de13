import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PortRow } from '../../src/hss/port-row.ts';
import { toOpenPortId } from '../../src/reads/open-port-id.ts';
import { responseBytes, type RowFields } from '../../src/reads/response-bytes.ts';
import { modelRow } from './port-list-model.ts';

const times = (count: number, ...names: readonly string[]): RowFields => ({
  counts: new Map(names.map((name) => [name, count])),
  longNames: 0,
});
const once = (...names: readonly string[]): RowFields => times(1, ...names);

const text = fc.option(
  fc.string({ minLength: 1, maxLength: 128, unit: 'grapheme-ascii' }).map((given) => given.replaceAll(/["\\]/g, 'x')),
);
const row = fc
  .record({ listenAddress: text, executablePath: text, agentId: text, containerId: text })
  .map((fields): PortRow => ({ ...modelRow(0), ...fields }));

/** The bytes of a response that has these fields of a row, each under a name of eight characters. */
function bytesOf(row: PortRow, names: readonly string[]): number {
  const { agentId, port, protocolText, containerId } = row;
  const values: Record<string, unknown> = {
    ...row,
    id: toOpenPortId(row),
    ignoreKey: Buffer.from(JSON.stringify([agentId, port, protocolText, containerId])).toString('base64url'),
  };
  return JSON.stringify(names.map((name) => ['x'.repeat(8), values[name]])).length;
}

const names = ['id', 'executablePath', 'listenAddress', 'agentId', 'containerId', 'port', 'pid'];
const eachFieldOnce = once(...names);

describe('the bytes of rows in a response', () => {
  it('are whole: fractions would leave a rest when all has been given back', () => {
    fc.assert(fc.property(row, (given) => Number.isInteger(responseBytes([given], once('id')))));
  });

  it('are no fewer than its JSON has, and not many times as many', () => {
    fc.assert(
      fc.property(row, fc.subarray(names), (given, names) => {
        const estimate = responseBytes([given], once(...names));
        expect(estimate).toBeGreaterThanOrEqual(bytesOf(given, names));
        expect(estimate).toBeLessThan(2 * bytesOf(given, names) + 200);
      }),
    );
  });

  it('are none where there are no rows, and those of each row else', () => {
    expect(responseBytes([], eachFieldOnce)).toBe(0);
    const [one, other] = [modelRow(0), { ...modelRow(1), executablePath: '/usr/bin/java' }];
    expect(responseBytes([one, other], eachFieldOnce)).toBe(
      responseBytes([one], eachFieldOnce) + responseBytes([other], eachFieldOnce),
    );
  });

  it.each(['executablePath', 'listenAddress', 'agentId', 'containerId'] as const)(
    'grow by the length of a text wherever it is selected: %s',
    (field) => {
      const [short, long] = [10, 110].map((length) => ({ ...modelRow(0), [field]: 'x'.repeat(length) }));
      const growth = (fields: RowFields): number => responseBytes([long!], fields) - responseBytes([short!], fields);
      expect(growth(once(field))).toBe(100);
      expect(growth(times(3, field))).toBe(300);
      expect(growth(once('port', 'pid', 'status'))).toBe(0);
      // As base64.
      expect(growth(once('id'))).toBeGreaterThanOrEqual((100 * 4) / 3);
      expect(growth(once('id'))).toBeLessThan(150);
      expect(growth(times(2, 'id'))).toBeCloseTo(2 * growth(once('id')));
    },
  );

  it('count a text that is null as nothing', () => {
    const nothing: PortRow = { ...modelRow(0), executablePath: null };
    const one: PortRow = { ...nothing, executablePath: 'x' };
    expect(responseBytes([one], once('executablePath')) - responseBytes([nothing], once('executablePath'))).toBe(1);
  });

  it('count what a key of an ignore says of the container', () => {
    const [short, long] = [10, 60].map((length) => ({ ...modelRow(0), containerId: 'x'.repeat(length) }));
    const fields = once('ignoreKey');
    expect(responseBytes([long!], fields) - responseBytes([short!], fields)).toBe(50);
  });

  it('count a field of any name as often as it is selected', () => {
    const [row, none] = [modelRow(0), responseBytes([modelRow(0)], once())];
    const of = (count: number): number => responseBytes([row], times(count, 'status')) - none;
    expect(of(1)).toBeGreaterThan(0);
    expect(of(3)).toBe(3 * of(1));
  });

  it('count what long aliases take in each row', () => {
    const of = (rows: readonly PortRow[], longNames: number): number =>
      responseBytes(rows, { ...once('port'), longNames });
    const rows = [modelRow(0), modelRow(1)];
    expect(of(rows, 110) - of(rows, 0)).toBe(220);
  });

  it('are counted exactly in texts longer than HSS documents, which need not be ASCII', () => {
    const of = (path: string): number =>
      responseBytes([{ ...modelRow(0), executablePath: path }], once('executablePath'));
    expect(of('ä'.repeat(257)) - of('a'.repeat(257))).toBe(257);
    expect(of('ä'.repeat(256)) - of('a'.repeat(256))).toBe(0);
  });
});
