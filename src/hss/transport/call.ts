import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';

/** What an endpoint asks of HSS, and how its answer is read: one call, however often it is tried. */
export interface Call<T> extends Omit<Exchange, 'method'> {
  readonly endpoint: Endpoint;
  /** The JSON of a 2xx answer (undefined for an empty body) to its value; null where it is not the documented one. */
  readonly decode: (json: unknown, bytes: number) => T | null;
  /** Rows that the answer holds, for endpoints that list. */
  readonly countRows?: (value: T) => number;
}
