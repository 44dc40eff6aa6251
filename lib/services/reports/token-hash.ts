import { createHash } from "node:crypto";

/** What is kept of a link's token: it is random, so that one hash suffices. */
export const tokenHash = (token: string): Buffer =>
  createHash("sha256").update(`domicile/report-link/v1\n${token}`).digest();
