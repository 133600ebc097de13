import type { ForwardedHeaders } from '../hss/client.ts';
import { echoesSecret, isSecret, longerThanWords } from '../http/echoes-secret.ts';
import type { HeaderReader } from '../http/request.ts';
import { maxTokenLength } from '../hss/bounds.ts';
import { isProjectId } from '../hss/project-id.ts';
import { badInput, clientError } from '../errors/client-error.ts';

/** The caller's token, or a GraphQLError that asks for one. */
export function readToken(headers: HeaderReader): string {
  const token = headers.get('x-auth-token');
  if (!token) {
    throw clientError('UNAUTHENTICATED', 'HSS needs a token: send it as the header X-Auth-Token.');
  }
  if (token.length > maxTokenLength) {
    throw badInput('X-Auth-Token', `The header X-Auth-Token may have ${maxTokenLength} characters at most.`);
  }
  return token;
}

/**
 * The project that the request names, else the configured one; a GraphQLError where there is none. Projects appear in
 * logs and URLs, so a token in this header is refused.
 */
export function readProjectId(headers: HeaderReader, configured: string | null): string {
  const given = headers.get('x-project-id');
  const projectId = given === null || given === '' ? configured : given;
  if (projectId === null) throw badInput('X-Project-Id', 'Name the project in the header X-Project-Id.');
  if (!isProjectId(projectId) || isSecret(projectId, headers))
    throw badInput('X-Project-Id', 'The header X-Project-Id is no project id.');
  return projectId;
}

/** Neither of a forbidden version nor with an id of zeros. @see https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparentShape = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;
/** What the W3C asks to be passed on at least. */
const maxTracestateLength = 512;

/** The id of the caller's trace, whether it is traced here or not; null where the request names none. */
export function readTraceId(headers: HeaderReader): string | null {
  return traceparentShape.exec(headers.get('traceparent') ?? '')?.[1] ?? null;
}

/** What of the request goes on to HSS, so that both tell of it by the same ids. A trace state means nothing without its parent. */
export function forwardedHeaders(headers: HeaderReader, requestId: string): ForwardedHeaders {
  const traceparent = headers.get('traceparent');
  if (traceparent === null || !traceparentShape.test(traceparent)) return { 'x-request-id': requestId };
  const tracestate = readTracestate(headers);
  return { 'x-request-id': requestId, traceparent, ...(tracestate !== null && { tracestate }) };
}

/** The state of the caller's trace; null where there is none, or none to pass on: it is too long, or has a part of a secret in it. */
export function readTracestate(headers: HeaderReader): string | null {
  const given = headers.get('tracestate');
  if (given === null || given.length > maxTracestateLength) return null;
  return echoesSecret(given, headers, longerThanWords) ? null : given;
}
