import { createHash, timingSafeEqual } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import { refusal } from './refusal.ts';

/** Serves only requests that carry one of the router's secrets in `Router-Authorization`. */
export function useRouterSecret(secrets: readonly string[]): Plugin {
  const expected = secrets.map(digest);
  return {
    onRequest(arrival) {
      const { request } = arrival;
      const given = request.headers.get('router-authorization');
      // Digests of equal length take equal time to compare, whatever was given; all are, whichever fits.
      if (given !== null && expected.filter((one) => timingSafeEqual(digest(given), one)).length > 0) return;
      arrival.endResponse(refusal(request, 401, 'UNAUTHENTICATED', 'Only the router may ask.'));
    },
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
