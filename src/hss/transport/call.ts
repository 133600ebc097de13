import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';

/** One call, however often it is tried: what is sent to HSS, and how its answer is read. */
export interface Call<T> extends Omit<Exchange, 'method'> {
  readonly endpoint: Endpoint;
  /** Turns the JSON of a 2xx answer (undefined for an empty body) into a value; null if it is not as documented. */
  readonly decode: (json: unknown, bytes: number) => T | null;
  /** Number of rows in the answer, for endpoints that list. */
  readonly countRows?: (value: T) => number;
}
