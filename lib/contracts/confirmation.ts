import { z } from "zod";
import { passwordLength } from "./people.ts";
import type { SignInProblem } from "./sign-in.ts";

/** How somebody shows that a session is his. */
export type ConfirmWay = "password" | "code" | "single_sign_on";

export type Confirmation = {
  /** Whether what is dangerous would be refused now. */
  readonly isNeeded: boolean;
  readonly way: ConfirmWay;
  /** Of `single_sign_on`: what people call the identity provider. */
  readonly provider: string | null;
};

/** `before`: what a browser is about to fetch by itself, where nobody reads a refusal. */
export const confirmationSearch = z.object({ before: z.enum(["export"]).optional() });

/** One of the two, as the way says. */
export const confirmInput = z.object({
  present: z.string().max(passwordLength.max).default(""),
  code: z.string().trim().max(40).default(""),
});
export type ConfirmInput = z.output<typeof confirmInput>;

/** Where the identity provider sends back whoever shows there who he is: a window beside the page that asked. */
export const confirmedPath = "/confirmed";

/** On which that window tells the page; a `BroadcastChannel`, since pages of other sites cut what joins windows. */
export const confirmedChannel = "domicile-confirmed";
export type ConfirmedMessage = { readonly problem: SignInProblem | null };
