import type { ErrorCode } from '../errors/codes.ts';

/** A request refused as a whole, before GraphQL saw it: a GraphQL body without data. */
export function refusal(request: Request, status: number, code: ErrorCode, message: string): Response {
  const asked = request.headers.get('accept') ?? '';
  const type = asked.includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  return new Response(refusalBody(code, message), {
    status,
    headers: { 'content-type': `${type}; charset=utf-8` },
  });
}

export const refusalBody = (code: ErrorCode, message: string): string =>
  JSON.stringify({ errors: [{ message, extensions: { code } }] });
