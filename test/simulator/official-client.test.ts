import { ClientRequestException } from '@huaweicloud/huaweicloud-sdk-core/exception/ClientRequestException.js';
import { ServerResponseException } from '@huaweicloud/huaweicloud-sdk-core/exception/ServerResponseException.js';
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { DefaultHttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js';
import { LogLevel } from '@huaweicloud/huaweicloud-sdk-core/logger/index.js';
import type { SdkResponse } from '@huaweicloud/huaweicloud-sdk-core/SdkResponse.js';
import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../src/simulator/error-replies.ts';
import { readExample, startTalk } from './talk.ts';

// Its own logger prints each failed request, headers included.
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

interface Listing extends SdkResponse {
  readonly total_num?: number;
  readonly data_list?: readonly unknown[];
}

function createClient(origin: string) {
  const client = new HcClient(new DefaultHttpClient({ logger: silent }, [origin])).withEndpoints([origin]);
  const pathParams = { project_id: 'p' };
  return {
    list: (queryParams: Record<string, unknown>, headers: Record<string, string> = { 'X-Auth-Token': 'any' }) =>
      client.sendRequest<Listing>({
        method: 'GET',
        url: '/v5/{project_id}/asset/ports',
        contentType: 'application/json',
        queryParams,
        pathParams,
        headers,
      }),
    modify: (data: Record<string, unknown>) =>
      client.sendRequest<Listing>({
        method: 'POST',
        url: '/v5/{project_id}/asset/batch-modify-port-status',
        contentType: 'application/json',
        queryParams: { category: 'host', enterprise_project_id: 'all_granted_eps' },
        pathParams,
        headers: { 'X-Auth-Token': 'any' },
        data,
      }),
  };
}

describe("Huawei's own client", () => {
  it("reads the documents' example", async () => {
    const { origin } = await startTalk();
    const { body } = readExample('200-list-ports.seed');

    const listing = await createClient(origin).list({ host_id: 'dd91cd32-a238-4c0e-bc01-3b11653714ac', limit: 200 });

    expect(listing).toEqual({ ...(body as object), httpStatusCode: 200 });
  });

  it('is understood with every parameter it can send', async () => {
    const { origin, simulator } = await startTalk();
    const query = {
      host_id: 'risky-host',
      host_name: 'ecs',
      host_ip: '10.0.0.20',
      port: 23,
      type: 'TCP',
      status: 'danger',
      enterprise_project_id: 'all_granted_eps',
      limit: 10,
      offset: 0,
      category: 'host',
    };

    expect(await createClient(origin).list(query)).toMatchObject({ total_num: 1, data_list: [{ port: 23 }] });
    expect(simulator.calls).toMatchObject([
      { method: 'GET', query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])) },
    ]);
  });

  it.each(['empty', 'object'] as const)('ignores a port, and takes the answer: %s', async (modifyBody) => {
    const { origin, simulator, page } = await startTalk({ modifyBody });
    const [row] = (await page('host_id=risky-host&port=23')).data_list;
    const agentId = String(row?.agent_id);

    const answer = await createClient(origin).modify({
      operate_type: 'ignore',
      data_list: [{ agent_id: agentId, port: 23, port_type: 'TCP', host_id: 'risky-host' }],
    });

    expect(answer).toEqual({ httpStatusCode: 200 });
    expect(simulator.isIgnored({ agentId, port: 23, type: 'TCP' })).toBe(true);
  });

  it('makes its own exception of an error of HSS', async () => {
    const { origin } = await startTalk();

    const failure: unknown = await createClient(origin)
      .list({})
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ClientRequestException);
    expect(failure).toMatchObject({ httpStatusCode: 400, errorCode: 'HSS.0001', errorMsg: 'Invalid parameter.' });
  });

  it('makes its own exception of an error of the gateway, with the request id', async () => {
    const { origin, simulator } = await startTalk();

    const failure: unknown = await createClient(origin)
      .list({ host_id: 'host-1' }, {})
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ClientRequestException);
    expect(failure).toMatchObject({ httpStatusCode: 401, errorCode: 'APIGW.0301', requestId: '0'.repeat(31) + '1' });
    expect(simulator.calls).toHaveLength(1);
  });

  it('makes its own exception of a failing server', async () => {
    const { origin, simulator } = await startTalk();
    simulator.on({ answer: gatewayError('APIGW.0201', 502) });

    const failure: unknown = await createClient(origin)
      .list({ host_id: 'host-1' })
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ServerResponseException);
    expect(failure).toMatchObject({ httpStatusCode: 502, errorCode: 'APIGW.0201' });
  });
});
