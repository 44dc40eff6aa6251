import type { SignInProblem } from "../../contracts/sign-in.ts";

/** `token`: of the session that was opened; the only copy. */
export type SignInOutcome =
  | { readonly kind: "opened"; readonly token: string }
  | { readonly kind: "refused"; readonly problem: SignInProblem };
