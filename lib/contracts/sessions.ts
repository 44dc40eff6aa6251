import type { SessionWay } from "./sign-in.ts";

/** A signed-in browser: one's own, or that of a member of a tenant one administers. */
export type SessionSummary = {
  readonly id: string;
  /** Name of who signed in. */
  readonly person: string;
  readonly email: string;
  /** As the browser sent it when it signed in, shortened. */
  readonly userAgent: string;
  /** How it was opened. */
  readonly way: SessionWay;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  /** The one this request came with. */
  readonly current: boolean;
};

/** Header of a request a page made by itself while nobody touched it: it does not count as use of the session. */
export const unattendedHeader = "x-domicile-unattended";
