/** The largest GraphQL Int: numbers from HSS that clients are shown stay within it. */
export const maxInt = 2 ** 31 - 1;
