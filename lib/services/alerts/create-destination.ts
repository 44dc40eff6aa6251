import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { CreateDestinationInput, CreatedDestination } from "../../contracts/alerts.ts";
import { countDestinations, insertDestination, insertSecret } from "../../db/alert-destination.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { sendsMail } from "../../env/alert-settings.ts";
import { personOf } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { sealSecret } from "../secrets/seal-secret.ts";
import { destinationDetail } from "./destination-words.ts";

const perTenantMax = 20;

/** Adds a receiver of a tenant's alerts. It is told what happens from now on, and what waits or is about to end now. */
export const createDestination = mutation<CreateDestinationInput, CreatedDestination>({
  permission: "alert:write",
  event: "alert_destination.created",
  changesConfig: false,
  run: async ({ tx, actor, actorName, at, tenant }, input) => {
    if (input.kind === "email" && !sendsMail())
      throw new Refusal("conflict", "The operator of this deployment has set up no mail server.");
    const { tenantId } = tenant;
    if ((await countDestinations(tx, tenantId)) >= perTenantMax)
      throw new Refusal("conflict", `A tenant has at most ${perTenantMax} destinations. Remove one first.`);
    const { kind, name, address, country, minSeverity, kinds } = input;
    const row = {
      ...{ tenantId, id: v7(), kind, name, address, country, minSeverity, kinds: [...kinds] },
      ...{ madeBy: actorName, madeById: personOf(actor).personId, createdAt: at },
    };
    await insertDestination(tx, row);
    const secret = kind === "webhook" ? await makeSecret(tx, row, at, at) : null;
    return { output: { id: row.id, secret }, subject: row.id, detail: destinationDetail(row) };
  },
});

/** A new secret for a destination, sealed into the store; those of before end at `othersEndAt`. The only place that knows its text. */
export async function makeSecret(
  tx: PrismaTransaction,
  { tenantId, id: destinationId }: { readonly tenantId: string; readonly id: string },
  at: Date,
  othersEndAt: Date,
): Promise<string> {
  // 24 to 64 bytes in base64 behind the prefix (Standard Webhooks, 2026-11).
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  const id = v7();
  const sealed = sealSecret(secret, { tenantId, alertSecretId: id });
  await insertSecret(tx, { tenantId, destinationId, id, sealed, createdAt: at }, othersEndAt);
  return secret;
}
