/**
 * Whether a host, in the form of `URL.hostname`, can only be this machine. A DNS name never can: its owner may point it
 * to any address.
 */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
