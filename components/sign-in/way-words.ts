import type { SessionWay } from "../../lib/contracts/sign-in.ts";

/** How a session was opened, in a word or two. */
export const wayWords: Readonly<Record<SessionWay, string>> = {
  password: "Password",
  single_sign_on: "Single sign-on",
};
