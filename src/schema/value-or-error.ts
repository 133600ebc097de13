/**
 * What `read` returns, or the error that it throws or rejects with. GraphQL takes an Error in a list for the failure of
 * that item, so one failure does not affect the others.
 */
export function valueOrError<T>(read: () => T): T {
  try {
    const value = read();
    return value instanceof Promise ? (value.catch((error: unknown) => error) as T) : value;
  } catch (error) {
    return error as T;
  }
}
