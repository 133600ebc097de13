/**
 * What `read` gives, or the error that it throws, at once or later. GraphQL takes an Error in a list for that item's failure,
 * so that none takes the others with it.
 */
export function valueOrError<T>(read: () => T): T {
  try {
    const value = read();
    return value instanceof Promise ? (value.catch((error: unknown) => error) as T) : value;
  } catch (error) {
    return error as T;
  }
}
