/** Rejected records of which an import says why; beyond, they are counted. */
export const errorsMax = 10_000;

/** A file that stopped coming is given up after a day. */
export const silentMsMax = 24 * 3_600_000;
