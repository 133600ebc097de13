// Bounds of HSS's API, as its documentation gives them; of texts in characters.

/** Of the caller's token. */
export const maxTokenLength = 32_768;
/** Of a server's id, where ports are listed. */
export const maxHostIdLength = 128;
export const maxHostNameLength = 128;
export const maxAddressLength = 128;
/** Of an executable's path, the longest text of a row. */
export const maxPathLength = 256;
export const maxEnterpriseProjectIdLength = 256;
/** Of a port that a list is asked for. */
export const maxPortNumber = 65_535;
/** A list is read in parts of 10 to 200 rows … */
export const minRows = 10;
export const maxRows = 200;
/** … that begin with one of its first 2,000,001 rows. */
export const maxOffset = 2_000_000;
/** `total_num`, the number of its rows, is documented to stop here. */
export const totalCap = 10_000;
/** Of agent, container and server ids, where HSS is written to … */
export const maxWrittenIdLength = 64;
/** … and of the ports. */
export const maxWrittenPortNumber = 2_147_483_647;
/** Ports in one call that writes. */
export const maxTargets = 200;
