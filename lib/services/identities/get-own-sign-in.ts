import type { OwnSignIn } from "../../contracts/sign-in.ts";
import { findSecondFactor } from "../../db/second-factor.ts";
import { personSignIn } from "../../db/sign-in.ts";
import { signInSettings } from "../../env/sign-in-settings.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { mustHaveSecondFactor } from "../second-factor/must-have.ts";
import { bindingOf } from "./get-sign-in-overview.ts";

/** How the reader signs in. */
export async function getOwnSignIn(actor: Actor): Promise<OwnSignIn> {
  const { oidc, passwords } = signInSettings();
  const person = personOf(actor);
  const [row, factor] = await Promise.all([
    personSignIn(person.personId, oidc?.issuer ?? null),
    findSecondFactor(person.personId),
  ]);
  return {
    passwords,
    provider: oidc?.name ?? null,
    binding: row && bindingOf(row),
    secondFactor: factor && {
      since: factor.confirmedAt.toISOString(),
      recoveryCodesLeft: factor.recoveryCodesLeft,
    },
    mustHaveSecondFactor: mustHaveSecondFactor(person),
  };
}
