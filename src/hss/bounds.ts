// Bounds of HSS's API, as its documentation gives them; of texts in characters.

/** Of a server's id, where ports are listed. */
export const maxHostIdLength = 128;
export const maxHostNameLength = 128;
export const maxAddressLength = 128;
export const maxPathLength = 256;
export const maxEnterpriseProjectIdLength = 256;
/** Of a port that a list is asked for. */
export const maxPortNumber = 65_535;
/** Of agent, container and server ids, where HSS is written to … */
export const maxWrittenIdLength = 64;
/** … and of the ports. */
export const maxWrittenPortNumber = 2 ** 31 - 1;
