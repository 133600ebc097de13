import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

describe('a connection of a client', () => {
  it('is kept longer than load balancers keep theirs, a minute: it is never the gateway that closes one in use', async () => {
    const { fetch } = await startGateway();
    const { headers } = await fetch('/health');
    expect(headers.get('connection')).toBe('keep-alive');
    expect(Number(/^timeout=(\d+)$/.exec(headers.get('keep-alive')!)![1])).toBeGreaterThan(60);
  });
});
