import type { Plugin } from 'graphql-yoga';

/** Answers GET and HEAD on one path beside `/graphql`. */
export function useEndpoint(path: string, respond: () => Response | Promise<Response>): Plugin {
  return {
    async onRequest(arrival) {
      const { request, url } = arrival;
      if (url.pathname === path && (request.method === 'GET' || request.method === 'HEAD'))
        arrival.endResponse(await respond());
    },
  };
}
