import { isDomicileKey } from "../../core/access/domicile-key.ts";
import { Refusal } from "../refusal.ts";

/**
 * Whether this is an admin key by its form: OpenAI's begin with `sk-admin-` (its reference of the admin API, read 2026-11-30),
 * simulated ones with `sk-admin-sim-`, and the two never mix. A project's key is refused here: it could read nothing.
 */
export function checkAdminKey(secret: string, mode: string): void {
  const simulated = secret.startsWith("sk-admin-sim-");
  const problem = isDomicileKey(secret)
    ? "This is a key of Domicile, which is never sent to a provider. Enter an admin key of OpenAI."
    : !/^[\x21-\x7e]+$/.test(secret)
      ? "A key has no spaces and no letters beyond ASCII."
      : !secret.startsWith("sk-admin-")
        ? "An admin key begins with sk-admin-. A project's own key cannot read what is asked here."
        : mode === "simulated" && !simulated
          ? "A simulated tenant takes simulated admin keys only, which begin with sk-admin-sim-."
          : mode === "live" && simulated
            ? "A live tenant takes no simulated key."
            : null;
  if (problem !== null)
    throw new Refusal("invalid_input", "This key cannot be kept.", {
      fields: [{ field: "secret", message: problem }],
    });
}
