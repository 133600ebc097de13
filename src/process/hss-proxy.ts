import { getProxyForUrl } from 'proxy-from-env';
import { ConfigError, type Config } from '../config.ts';
import { proxy } from '../config/shapes.ts';

/**
 * The proxy for calls to HSS: that of HSS_PROXY, else the one that HTTPS_PROXY, HTTP_PROXY and NO_PROXY give for HSS's
 * address. Throws a ConfigError if what they give is no proxy.
 */
export function hssProxyOf({ hssProxy, hssEndpoint }: Config): URL | null {
  // The embedded simulator is on this machine.
  if (hssEndpoint === null) return null;
  if (hssProxy !== null) return hssProxy;
  const usual = getProxyForUrl(hssEndpoint.href);
  if (usual === '') return null;
  const result = proxy().schema.safeParse(usual);
  if (result.success) return result.data;
  const name = hssEndpoint.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const message = 'must be the http or https URL of a proxy, and so must ALL_PROXY; to bypass it, name HSS in NO_PROXY';
  throw new ConfigError([{ name, message }]);
}
