import type { OwnSignIn } from "../../contracts/sign-in.ts";
import { personSignIn } from "../../db/sign-in.ts";
import { signInSettings } from "../../env.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { bindingOf } from "./get-sign-in-overview.ts";

/** How the reader signs in. */
export async function getOwnSignIn(actor: Actor): Promise<OwnSignIn> {
  const { oidc, passwords } = signInSettings();
  const row = await personSignIn(personOf(actor).personId, oidc?.issuer ?? null);
  return { passwords, provider: oidc?.name ?? null, binding: row && bindingOf(row) };
}
