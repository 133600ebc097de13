import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';

const documentedHost = 'dd91cd32-a238-4c0e-bc01-3b11653714ac';

describe('the open ports of a host', () => {
  it('are the documented ones, field by field', async () => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(`{
      host(id: "${documentedHost}") {
        id
        ports {
          totalCount limit offset hasNextPage hasPreviousPage
          nodes { port protocol status listenAddress pid executablePath agentId containerId host { id } }
        }
      }
    }`);
    expect(errors).toBeUndefined();
    const agentId = 'eb5d03f02fffd85aaf5d0ba5c992d97713244f420e0b076dcf6ae0574c78aa4b';
    expect(data.host).toEqual({
      id: documentedHost,
      ports: {
        totalCount: 2,
        limit: 10,
        offset: 0,
        hasNextPage: false,
        hasPreviousPage: false,
        nodes: [
          {
            port: 68,
            protocol: 'UDP',
            status: 'UNKNOWN',
            listenAddress: '0.0.0.0',
            pid: 1507,
            executablePath: '/usr/sbin/dhclient',
            agentId,
            containerId: null,
            host: { id: documentedHost },
          },
          {
            port: 323,
            protocol: 'UDP',
            status: 'UNKNOWN',
            listenAddress: '127.0.0.1',
            pid: 493,
            executablePath: '/usr/sbin/chronyd',
            agentId,
            containerId: null,
            host: { id: documentedHost },
          },
        ],
      },
    });
    expect(simulator.calls.map(({ method, path, query: asked }) => ({ method, path, asked }))).toEqual([
      {
        method: 'GET',
        path: '/v5/project/asset/ports',
        asked: { host_id: documentedHost, category: 'host', limit: '10', offset: '0' },
      },
    ]);
  });
});
