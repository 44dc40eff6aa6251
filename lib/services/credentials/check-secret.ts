import { isDomicileKey } from "../../core/access/domicile-key.ts";
import { Refusal } from "../refusal.ts";

/** Simulated and live never mix, and no key of ours goes to a provider: a key's own form says which it is. */
export function checkSecret(secret: string, mode: string): void {
  const simulated = secret.startsWith("sk-sim-");
  const problem = isDomicileKey(secret)
    ? "This is a key of Domicile, which is never sent to a provider. Enter the provider's own key."
    : mode === "simulated" && !simulated
      ? "A simulated tenant takes simulated keys only, which begin with sk-sim-."
      : mode === "live" && simulated
        ? "A live tenant takes no simulated key."
        : !/^[\x21-\x7e]+$/.test(secret)
          ? "A key has no spaces and no letters beyond ASCII."
          : null;
  if (problem !== null)
    throw new Refusal("invalid_input", "This key cannot be kept.", {
      fields: [{ field: "secret", message: problem }],
    });
}
