// Bounds of HSS's API, as documented; those of texts are in characters.

/** The caller's token. */
export const maxTokenLength = 32_768;
/** A server's id, when ports are listed. */
export const maxHostIdLength = 128;
export const maxHostNameLength = 128;
export const maxAddressLength = 128;
/** An executable's path, the longest text in a row. */
export const maxPathLength = 256;
export const maxEnterpriseProjectIdLength = 256;
/** The port that a list is filtered by. */
export const maxPortNumber = 65_535;
/** One call reads 10 to 200 rows of a list … */
export const minRows = 10;
export const maxRows = 200;
/** … starting at one of its first 2,000,001 rows. */
export const maxOffset = 2_000_000;
/** `total_num`, a list's row count, is documented to stop here. */
export const totalCap = 10_000;
/** Agent, container and server ids in a write … */
export const maxWrittenIdLength = 64;
/** … and its ports. */
export const maxWrittenPortNumber = 2_147_483_647;
/** Ports in one write. */
export const maxTargets = 200;
