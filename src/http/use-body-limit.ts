import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { clientError } from '../errors/client-error.ts';

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
  clientError('BAD_USER_INPUT', `The body may have ${maxBodyBytes} bytes at most.`, { http: { status: 413 } });
