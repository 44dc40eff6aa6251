import {
  addressOf,
  type ChangeDestinationInput,
  type NewSecret,
  type RotateSecretInput,
} from "../../contracts/alerts.ts";
import { giveUpWaiting } from "../../db/alert-delivery.ts";
import {
  type AlertDestinationRow,
  endSecrets,
  findDestination,
  updateDestination,
} from "../../db/alert-destination.ts";
import { isUuid } from "../access.ts";
import { type MutationContext, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { makeSecret } from "./create-destination.ts";
import { destinationDetail, noDestination } from "./destination-words.ts";

type Which = { readonly tenant: string; readonly id: string };

const spec = { permission: "alert:write", changesConfig: false } as const;
const hourMs = 3_600_000;

/** What a destination is called and told, and where it is. */
export const changeDestination = mutation<ChangeDestinationInput & Which, void>({
  ...spec,
  event: "alert_destination.changed",
  run: async ({ tx, tenant: { tenantId } }, { id, address, name, country, minSeverity, kinds }) => {
    const row = await demandDestination(tx, tenantId, id);
    const changed = {
      ...{ name, country, minSeverity, kinds: [...kinds] },
      address: address === null ? row.address : checkedAddress(row.kind, address),
    };
    await updateDestination(tx, row, changed);
    return { output: undefined, subject: id, detail: destinationDetail({ ...row, ...changed }) };
  },
});

/** Nothing is sent there any more; what waits is given up, and what happens meanwhile is not sent later. */
export const pauseDestination = mutation<Which, void>({
  ...spec,
  event: "alert_destination.paused",
  run: async ({ tx, at, tenant: { tenantId } }, { id }) => {
    const row = await demandDestination(tx, tenantId, id);
    if (row.pausedAt !== null) throw new Refusal("conflict", "It is paused already.");
    await updateDestination(tx, row, { pausedAt: at });
    const givenUp = await giveUpWaiting(tx, { tenantId, destinationId: id }, "paused", at);
    return { output: undefined, subject: id, detail: { name: row.name, givenUp } };
  },
});

export const resumeDestination = mutation<Which, void>({
  ...spec,
  event: "alert_destination.resumed",
  run: async ({ tx, tenant: { tenantId } }, { id }) => {
    const row = await demandDestination(tx, tenantId, id);
    if (row.pausedAt === null) throw new Refusal("conflict", "It is not paused.");
    await updateDestination(tx, row, { pausedAt: null });
    return { output: undefined, subject: id, detail: { name: row.name } };
  },
});

/** It is told nothing any more, and its secrets go. What was sent stays in the list. */
export const removeDestination = mutation<Which, void>({
  ...spec,
  event: "alert_destination.removed",
  run: async ({ tx, at, tenant: { tenantId } }, { id }) => {
    const row = await demandDestination(tx, tenantId, id);
    await updateDestination(tx, row, { removedAt: at });
    await endSecrets(tx, tenantId, id, at);
    const givenUp = await giveUpWaiting(tx, { tenantId, destinationId: id }, "removed", at);
    return { output: undefined, subject: id, detail: { ...destinationDetail(row), givenUp } };
  },
});

/** Another secret signs from now on; the one before signs beside it for as long as was asked. */
export const rotateSecret = mutation<RotateSecretInput & Which, NewSecret>({
  ...spec,
  event: "alert_destination.secret_rotated",
  run: async ({ tx, at, tenant: { tenantId } }, { id, overlapHours }) => {
    const row = await demandDestination(tx, tenantId, id);
    if (row.kind !== "webhook") throw new Refusal("conflict", "A mail is not signed with a secret.");
    const secret = await makeSecret(tx, row, at, new Date(at.getTime() + overlapHours * hourMs));
    return { output: { secret }, subject: id, detail: { name: row.name, overlapHours } };
  },
});

/** That destination, where it was not removed. */
export async function demandDestination(
  tx: MutationContext["tx"],
  tenantId: string,
  id: string,
): Promise<AlertDestinationRow> {
  const row = isUuid(id) ? await findDestination(tx, tenantId, id) : null;
  if (!row) throw noDestination();
  return row;
}

function checkedAddress(kind: string, address: string): string {
  const parsed = addressOf[kind === "email" ? "email" : "webhook"].safeParse(address);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues[0]?.message ?? "It is not accepted.";
  throw new Refusal("invalid_input", "Some of the input is not accepted.", {
    fields: [{ field: "address", message }],
  });
}
