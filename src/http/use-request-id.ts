import type { Plugin } from 'graphql-yoga';
import { recordOf } from '../operation/operation-record.ts';

/** Returns the id under which the request is logged, here and in HSS, as `X-Request-Id`. */
export function useRequestId(): Plugin {
  return {
    onResponse({ request, response }) {
      response.headers.set('x-request-id', recordOf(request).requestId);
    },
  };
}
