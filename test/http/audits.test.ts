import { serverAudits } from 'graphql-http';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createGateway } from '../../src/gateway.ts';
import { createLog } from '../../src/log.ts';
import { createGatewayServer } from '../../src/http/server.ts';

describe('GraphQL over HTTP', () => {
  let origin = '';

  beforeAll(async () => {
    const config = { ...readConfig({}), hssEndpoint: new URL('http://127.0.0.1:1') };
    const gateway = createGateway(config, createLog('silent'));
    const server = createGatewayServer(gateway);
    origin = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
    return async () => {
      await server.close();
      await gateway.close();
    };
  });

  // graphql-http's own audits, each with its level (MUST, SHOULD, MAY) in its name.
  for (const { id, name, fn } of serverAudits({ url: () => `${origin}/graphql` })) {
    it(`is spoken as its audit ${id} asks: ${name}`, async () => {
      expect(await fn()).toMatchObject({ status: 'ok' });
    });
  }
});
