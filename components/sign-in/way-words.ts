import type { SessionWay } from "../../lib/contracts/sign-in.ts";

/** How a session was opened, in a word or two. */
export const wayWords: Readonly<Record<SessionWay, string>> = {
  password: "Password",
  password_and_code: "Password and code",
  password_and_recovery_code: "Password and recovery code",
  single_sign_on: "Single sign-on",
};
