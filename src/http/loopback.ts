/**
 * Whether a host, as `URL.hostname` has it, can only be this machine. A name of DNS never can: whoever owns it may let it
 * stand for any address.
 */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
