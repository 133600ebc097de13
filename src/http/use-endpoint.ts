import type { Plugin } from 'graphql-yoga';

/** Answers GET and HEAD on one path beside `/graphql`. */
export function useEndpoint(path: string, respond: () => Response | Promise<Response>): Plugin {
  return {
    // Every request comes by here: one for another path is not to wait for a promise.
    onRequest(arrival) {
      const { request, url } = arrival;
      if (url.pathname !== path || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
      return Promise.resolve(respond()).then((response) => arrival.endResponse(response));
    },
  };
}
