import type { Plugin } from 'graphql-yoga';
import { refusal } from './refusal.ts';

const served = ['application/graphql-response+json', 'application/json', 'text/event-stream', 'multipart/mixed'];

/** Refuses a client that takes none of the media types served, before anything is done for him: Yoga finds out last. */
export function useAcceptable(): Plugin {
  return {
    onRequest(arrival) {
      const { request, url } = arrival;
      // A header without a value asks for nothing in particular, like none.
      const accept = request.headers.get('accept') ?? '';
      // Yoga serves the path with a slash behind it, too.
      if (!/^\/graphql\/?$/.test(url.pathname) || request.method === 'OPTIONS' || accept === '' || isServed(accept))
        return;
      arrival.endResponse(refusal(request, 406, 'BAD_USER_INPUT', `The answer can be one of ${served.join(', ')}.`));
    },
  };
}

function isServed(accept: string): boolean {
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))) return false;
    return type === '*/*' || served.some((name) => name === type || name.replace(/\/.*/, '/*') === type);
  });
}
