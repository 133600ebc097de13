import type { HssError } from './errors.ts';

/** What an operation knows of its token. */
export interface TokenState {
  /** HSS's first answer that it does not accept the token; null so far. */
  refusal: HssError | null;
  /** Told of it: the calls that have not been sent, and now are not. */
  readonly unsent: Set<(refusal: HssError) => void>;
}

export const createTokenState = (): TokenState => ({ refusal: null, unsent: new Set() });

/** Ends all calls of the operation that have not been sent. */
export function refuseToken(token: TokenState, refusal: HssError): void {
  token.refusal ??= refusal;
  for (const tell of token.unsent) tell(refusal);
}
