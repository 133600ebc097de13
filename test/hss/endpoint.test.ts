import { describe, expect, it } from 'vitest';
import { endpointPath, isRead, type Endpoint } from '../../src/hss/transport/endpoint.ts';

const endpoint: Endpoint = { name: 'ListPorts', method: 'GET', template: '/v5/{project_id}/ports' };

describe('a call', () => {
  it('is a read where it is a GET', () => {
    expect(isRead(endpoint)).toBe(true);
    expect(isRead({ ...endpoint, method: 'POST' })).toBe(false);
  });

  it('has the project in its path, and its query with blanks as every server reads them', () => {
    const query = new URLSearchParams({ a: 'b c d', e: '+' });
    expect(endpointPath(endpoint, 'p/q', query)).toBe('/v5/p%2Fq/ports?a=b%20c%20d&e=%2B');
  });
});
