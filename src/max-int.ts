/** The largest number that a GraphQL Int holds: numbers of HSS that clients are shown stay within it. */
export const maxInt = 2 ** 31 - 1;
