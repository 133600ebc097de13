import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/hss/transport/redact.ts';
import { createUnknownValues } from '../../src/hss/transport/unknown-values.ts';
import { startGateway } from '../support/gateway.ts';

const token = fc.string({ minLength: 8, maxLength: 200, unit: 'grapheme-ascii' });

describe('what HSS sends back', () => {
  it('is an echo where it holds eight characters in a row of what was sent, in whatever case', () => {
    fc.assert(
      fc.property(token, fc.string(), fc.string(), fc.nat(), fc.boolean(), (secret, before, after, start, isUpper) => {
        const from = start % (secret.length - 7);
        const piece = secret.slice(from, from + 8);
        const isEcho = createRedactor(['other', secret]);
        expect(isEcho(before + (isUpper ? piece.toUpperCase() : piece) + after)).toBe(true);
      }),
    );
  });

  it('is none where it is a short text that occurs in it, unless it is all of it', () => {
    const isEcho = createRedactor(['token-of-a-caller', 'abc']);
    expect(['token', 'caller', 'HSS.0013', 'b', 'abcd'].map(isEcho)).toEqual([false, false, false, false, false]);
    expect(isEcho('ABC')).toBe(true);
  });

  it('is looked at only where its shape is that of a word, and where the word is new', async () => {
    const { query, simulator, log } = await startGateway();
    const word = 'x'.repeat(1024 * 1024);
    const page = (rows: readonly object[]) => ({ total_num: rows.length, data_list: rows });
    const row = { host_id: 'h', port: 1, agent_id: 'a', type: word, status: word };
    simulator.on({ answer: { status: 200, body: page([row]) }, times: 1 });
    const calls: string[] = [];
    const told: string[] = [];
    const notice = createUnknownValues(({ word: told1 }) => told.push(told1 ?? ''))((text) => {
      calls.push(text);
      return text === 'echo';
    });
    for (const text of [word, 'SCTP', 'SCTP', 'two words', 'echo', '']) notice.notice('type', text);
    for (let index = 0; index < 1_000; index++) notice.notice('type', 'echo');
    expect([...new Set(calls)]).toEqual(['SCTP', 'echo']);
    expect(calls.length).toBeLessThanOrEqual(101);
    expect(told).toEqual(['SCTP']);
    const { data } = await query('{ host(id: "h") { ports { nodes { port protocol status } } } }');
    expect(data.host.ports.nodes[0]).toEqual({ port: 1, protocol: null, status: 'UNKNOWN' });
    expect(log.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });
});
