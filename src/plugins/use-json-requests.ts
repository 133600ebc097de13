import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Takes POST bodies as JSON alone. A browser asks the gateway's permission before it sends JSON to another origin, but
 * not before it sends a form: so no page can make a visitor's browser call the gateway.
 */
export function useJsonRequests(): Plugin {
  return {
    onRequestParse({ request }) {
      const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (request.method === 'POST' && contentType !== 'application/json') {
        throw new GraphQLError('Send the operation as JSON, with the header Content-Type: application/json.', {
          extensions: { code: 'BAD_USER_INPUT', http: { status: 415 } },
        });
      }
    },
  };
}
