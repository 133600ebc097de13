import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

export const maxBodyBytes = 1024 * 1024;

/** Refuses a body whose declared length is too large, before a byte of it is read. */
export function useBodyLimit(): Plugin {
  return {
    onRequestParse({ request }) {
      if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw bodyTooLarge();
    },
  };
}

export const bodyTooLarge = (): GraphQLError =>
  new GraphQLError(`The body may have ${maxBodyBytes} bytes at most.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 413 } },
  });
