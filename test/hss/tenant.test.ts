import { describe, expect, it } from 'vitest';
import { createTenant, tenantKey, tokenName } from '../../src/hss/transport/tenant.ts';

describe('a tenant', () => {
  const tenant = createTenant('a token', 'project');

  it('holds a digest of its token, and no piece of it', () => {
    // printf 'a token' | openssl dgst -sha256 -binary | base64
    expect(tenant).toEqual({ tokenDigest: '4zFuK6/rthA6NBjod4wK3JYNQCE6A6fn9PzTQm7YB78=', projectId: 'project' });
  });

  it('is another one for each token and each project', () => {
    const others = [createTenant('another token', 'project'), createTenant('a token', 'other')];
    expect(new Set([tenant, ...others].map(tenantKey)).size).toBe(3);
    expect(tenantKey(createTenant('a token', 'project'))).toBe(tenantKey(tenant));
    // No project can be named so that it runs into a token.
    expect(tenantKey({ tokenDigest: 'bc', projectId: 'a' })).not.toBe(tenantKey({ tokenDigest: 'c', projectId: 'ab' }));
  });

  it('is called by eight characters of the digest in a log', () => {
    expect(tokenName(tenant)).toBe(tenant.tokenDigest.slice(0, 8));
  });
});
