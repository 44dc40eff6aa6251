import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { locateFinding } from "./get-finding.ts";

/** Whether there is such a case for the reader. Nothing of it is shown, so nothing is noted. */
export async function hasFinding(actor: Actor, id: string): Promise<boolean> {
  return (await locateFinding(await tenantsFor(actor, "finding:read", undefined), id)) !== null;
}
