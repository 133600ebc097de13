import type { IncomingMessage } from 'node:http';
import { gatewayError } from './error-replies.ts';

const loopbackAddress = /^(::ffff:)?127\.|^::1$/;
const loopbackHost = /^(localhost|[\w.-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])\.?(:\d*)?$/i;

/**
 * Whether a request came over loopback by a name that need not be this machine's. A page anywhere may let its own name
 * stand for 127.0.0.1 (DNS rebinding), and `this-machine` shows its real sockets.
 */
export function isForeignHost({ headers: { host }, socket: { localAddress } }: IncomingMessage): boolean {
  // HTTP/1.0 knows no Host, and browsers no HTTP/1.0.
  return host !== undefined && loopbackAddress.test(localAddress ?? '') && !loopbackHost.test(host);
}

export const foreignHost = gatewayError(
  'APIGW.0101',
  421,
  'On loopback the simulator is served under loopback names alone, such as localhost or 127.0.0.1.',
);
