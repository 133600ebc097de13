import type { HssError } from './errors.ts';

/** What an operation knows about its token. */
export interface TokenState {
  /** HSS's first answer that refuses the token; null until then. */
  refusal: HssError | null;
  /** Told of it: each ends a call that has not been sent. */
  readonly unsent: Set<(refusal: HssError) => void>;
}

export const createTokenState = (): TokenState => ({ refusal: null, unsent: new Set() });

/** Ends all calls of the operation that have not been sent. */
export function refuseToken(token: TokenState, refusal: HssError): void {
  token.refusal ??= refusal;
  for (const tell of token.unsent) tell(refusal);
}
