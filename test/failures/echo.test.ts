import { describe, expect, it } from 'vitest';
import { createUnknownValues } from '../../src/hss/transport/unknown-values.ts';
import { startGateway } from '../support/gateway.ts';

describe('what HSS sends back', () => {
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
