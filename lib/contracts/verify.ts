/** The verifier for download: its size, and its SHA-256 in hex to compare by another way. */
export type VerifierFile = { readonly bytes: number; readonly sha256: string };

/** Where the page's files lie; open to everybody, as the page is. */
export const verifierHref = "/verify/domicile-verify.mjs";
export const verifyThreadHref = "/verify/verify-thread.js";
