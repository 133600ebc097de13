import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { clientError } from '../errors/client-error.ts';

/**
 * Takes POST bodies as JSON alone. A browser asks the gateway's permission before it sends JSON to another origin, but
 * not before it sends a form: so no page can make a visitor's browser call the gateway.
 */
export function useJsonRequests(): Plugin {
  return {
    onRequestParse({ request, url }) {
      if (request.method === 'GET') requireJson(url.searchParams);
      const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (request.method === 'POST' && contentType !== 'application/json') {
        throw refuse(415, 'Send the operation as JSON, with the header Content-Type: application/json.');
      }
    },
  };
}

/** Yoga takes a parameter of the URL that is no JSON for a bug of its own. */
function requireJson(parameters: URLSearchParams): void {
  for (const name of ['variables', 'extensions']) {
    const text = parameters.get(name);
    if (!text) continue;
    try {
      JSON.parse(text);
    } catch {
      throw refuse(400, `The URL's parameter ${name} is no JSON.`);
    }
  }
}

const refuse = (status: number, message: string): GraphQLError =>
  clientError('BAD_USER_INPUT', message, { http: { status } });
