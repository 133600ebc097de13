import { describe, expect, it } from 'vitest';
import { endpointPath, isRead, toQuery, type Endpoint } from '../../src/hss/transport/endpoint.ts';

const endpoint: Endpoint = { name: 'ListPorts', method: 'GET', template: '/v5/{project_id}/ports' };

describe('a call', () => {
  it('is a read where it is a GET', () => {
    expect(isRead(endpoint)).toBe(true);
    expect(isRead({ ...endpoint, method: 'POST' })).toBe(false);
  });

  it('has the project in its path', () => {
    expect(endpointPath(endpoint, 'p/q', 'a=b')).toBe('/v5/p%2Fq/ports?a=b');
  });
});

describe('the query of a call', () => {
  it('has each parameter but those that are null', () => {
    expect(toQuery([])).toBe('');
    const given = [
      ['a', null],
      ['b', 1],
      ['c', null],
      ['d', ''],
      ['e', 'x'],
    ] as const;
    expect(toQuery(given)).toBe('b=1&d=&e=x');
  });

  it('is encoded as every server reads it: a blank is no `+`', () => {
    expect(toQuery([['a', 'b c+d&e=ä']])).toBe('a=b%20c%2Bd%26e%3D%C3%A4');
  });

  it('is one whatever text it has: half of a surrogate pair is replaced', () => {
    expect(toQuery([['a', '\uD83D']])).toBe('a=%EF%BF%BD');
  });
});
