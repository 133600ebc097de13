import { describe, expect, it } from 'vitest';
import { createTenant, tokenName } from '../../src/hss/transport/tenant.ts';

describe('a tenant', () => {
  const tenant = createTenant('a token', 'project');

  it('holds a digest of its token, and no piece of it', () => {
    // printf 'a token' | openssl dgst -sha256 -binary | base64
    expect(tenant).toMatchObject({ tokenDigest: '4zFuK6/rthA6NBjod4wK3JYNQCE6A6fn9PzTQm7YB78=', projectId: 'project' });
    expect(JSON.stringify(tenant)).not.toContain('a token');
  });

  it('is another one for each token and each project', () => {
    const others = [createTenant('another token', 'project'), createTenant('a token', 'other')];
    expect(new Set([tenant, ...others].map(({ key }) => key)).size).toBe(3);
    expect(createTenant('a token', 'project').key).toBe(tenant.key);
  });

  it('is called by eight characters of the digest in a log', () => {
    expect(tokenName(tenant)).toBe(tenant.tokenDigest.slice(0, 8));
  });
});
