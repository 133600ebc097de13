import { createHash, timingSafeEqual } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import { refusal } from './refusal.ts';

/** Serves only requests that carry the router's secret in `Router-Authorization`. */
export function useRouterSecret(secret: string): Plugin {
  const expected = digest(secret);
  return {
    onRequest(arrival) {
      const { request } = arrival;
      const given = request.headers.get('router-authorization');
      // Equal digests of equal length take equal time, whatever was given.
      if (given !== null && timingSafeEqual(digest(given), expected)) return;
      arrival.endResponse(refusal(request, 401, 'UNAUTHENTICATED', 'Only the router may ask.'));
    },
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
