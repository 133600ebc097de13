import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a `Router-Authorization` header opens the gateway, by holding one of the secrets. */
export type Opens = (given: string | null) => boolean;

export function createRouterSecret(secrets: readonly string[]): Opens {
  const expected = secrets.map(digest);
  return (given) => {
    if (given === null) return false;
    const found = digest(given);
    // Digests of equal length take equal time to compare, whatever was given; all are compared, whichever matches.
    return expected.filter((secret) => timingSafeEqual(found, secret)).length > 0;
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
