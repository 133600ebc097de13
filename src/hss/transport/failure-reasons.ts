/** The gateway's own reasons for a call without an answer. */
export const ownReasons = [
  /** The proxy to HSS refuses a tunnel. */
  'PROXY_REFUSED',
  /** The request went out, but no complete answer came in time. */
  'RESPONSE_TIMEOUT',
  'QUEUE_FULL',
  'QUEUE_TIMEOUT',
  'CIRCUIT_OPEN',
] as const;

/** What Node, its TLS and undici call the usual connection failures. */
const connectionReasons = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'EADDRNOTAVAIL',
  'EMFILE',
  'EPROTO',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_OVERFLOW',
  'HPE_INVALID_CONSTANT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
] as const;

export type OwnReason = (typeof ownReasons)[number];

const labels: ReadonlySet<string> = new Set<string>([...ownReasons, ...connectionReasons]);

/** A reason as a metric's label, one of a small set. */
export const reasonLabel = (reason: string): string => (labels.has(reason) ? reason : 'other');

const codeShape = /^[A-Z][A-Z\d_/]{1,63}$/;

/** The code of a failed connection; never its message, which contains HSS's address. */
export function reasonOf(error: Error): string {
  const code = 'code' in error ? error.code : null;
  // Unless the gateway ended the request, undici aborts it only if the proxy refused a tunnel.
  if (code === 'UND_ERR_ABORTED') return 'PROXY_REFUSED' satisfies OwnReason;
  return typeof code === 'string' && codeShape.test(code) ? code : 'UNKNOWN';
}
