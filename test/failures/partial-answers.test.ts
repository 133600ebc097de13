import { describe, expect, it } from 'vitest';
import type { FaultAnswer } from '../../src/simulator/faults.ts';
import { gatewayError, hssError } from '../../src/simulator/error-replies.ts';
import { startGateway } from '../support/gateway.ts';

describe('one host of five whose read fails', () => {
  const failures: readonly (readonly [string, FaultAnswer, object])[] = [
    [
      'by a refusal',
      hssError('HSS.0013'),
      { code: 'FORBIDDEN', upstream: { status: 400, code: 'HSS.0013', requestId: expect.any(String) as string } },
    ],
    [
      'by a failing backend',
      gatewayError('APIGW.0201', 502),
      {
        code: 'UPSTREAM_UNAVAILABLE',
        upstream: { status: 502, code: 'APIGW.0201', requestId: expect.any(String) as string },
      },
    ],
    ['by a reset', 'reset', { code: 'UPSTREAM_UNAVAILABLE' }],
    ['by silence', 'hang', { code: 'UPSTREAM_TIMEOUT' }],
  ];
  it.each(failures)('%s loses its ports, and the other four are whole', async (_how, answer, extensions) => {
    const { query, simulator } = await startGateway({ env: { HSS_TIMEOUT_MS: '2500' } });
    simulator.on({ when: ({ query: asked }) => asked.host_id === 'c', answer });
    const { status, data, errors } = await query(
      '{ hosts(ids: ["a", "b", "c", "d", "e"]) { id all: ports { totalCount nodes { port } } } }',
    );
    expect(status).toBe(200);
    const whole = { totalCount: 0, nodes: [] };
    expect(data.hosts).toEqual([
      { id: 'a', all: whole },
      { id: 'b', all: whole },
      { id: 'c', all: null },
      { id: 'd', all: whole },
      { id: 'e', all: whole },
    ]);
    expect(errors!.map(({ path }) => path)).toEqual([['hosts', 2, 'all']]);
    expect(errors![0]!.extensions).toEqual(extensions);
  });

  it('with one of two filters loses the page of that filter alone', async () => {
    const { query, simulator } = await startGateway();
    simulator.on({ when: ({ query: asked }) => asked.type === 'UDP', answer: hssError('HSS.0001') });
    const { data, errors } = await query(`{
      host(id: "h") { tcp: ports(filter: { protocol: TCP }) { totalCount } udp: ports(filter: { protocol: UDP }) { totalCount } }
    }`);
    expect(data.host).toEqual({ tcp: { totalCount: 0 }, udp: null });
    expect(errors!.map(({ path }) => path)).toEqual([['host', 'udp']]);
  });
});
