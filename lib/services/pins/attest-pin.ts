import { v7 } from "uuid";
import type { AttestPinInput, PinSummary } from "../../contracts/tenants.ts";
import type { Catalog, Cell, RegionRow } from "../../core/regions/catalog.ts";
import { newestPinsOfSource } from "../../db/pin.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { otherWord } from "../credentials/credential-summary.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";

/**
 * Records what a named person says the project behind a credential is bound to. A later statement does not change an
 * earlier one; calls keep the pin that was known when they began.
 */
export const attestPin = mutation<AttestPinInput & { readonly tenant: string }, PinSummary>({
  permission: "pin:attest",
  event: "pin.attested",
  changesConfig: true,
  run: async ({ tx, tenant, at, actorName }, input) => {
    const credential = await tx.providerCredential.findFirst({
      where: { tenantId: tenant.tenantId, id: input.credentialId },
      select: { id: true, hosts: true, kind: true },
    });
    if (!credential) throw new Refusal("not_found", "There is no such credential.");
    if (credential.kind !== "openai")
      throw new Refusal(
        "invalid_input",
        "A pin is of a project at OpenAI, and this key is none of OpenAI's.",
      );
    const region = checkRegion(input, credential.hosts, await currentCatalog());
    const since = input.kind === "unknown" ? null : at;
    const pin = { kind: input.kind, region, attestedBy: input.attestedBy, statement: input.statement };
    await tx.pin.createMany({
      data: [
        {
          tenantId: tenant.tenantId,
          credentialId: credential.id,
          id: v7(),
          ...pin,
          source: "attestation",
          since,
          statedAt: at,
        },
      ],
    });
    const provider = await newestPinsOfSource(sqlOf(tx), tenant.tenantId, "admin_api", at);
    return {
      output: {
        ...pin,
        source: "attestation",
        since: since?.toISOString() ?? null,
        recordedBy: actorName,
        overrides: otherWord(pin, provider.get(credential.id)),
      },
      subject: credential.id,
      detail: pin,
    };
  },
});

/** The region a project can be bound to: one the provider lists for it, with a host this credential may go to. */
function checkRegion(
  { kind, region }: AttestPinInput,
  hosts: readonly string[],
  catalog: Catalog,
): string | null {
  if (kind === "global" || kind === "unknown") return null;
  const row = catalog.regions.find(({ code }) => code === region);
  if (!row) throw refused("The project's region is missing.", "Choose the region the project is bound to.");
  if (kind === "processing" && isExcluded(row.processing))
    throw refused("There is no such project.", `OpenAI lists no processing in ${row.name}, only storage.`);
  if (kind === "storage_only" && (isExcluded(row.storage) || !row.hasStorageOnlyProjects))
    throw refused("There is no such project.", `OpenAI lists no storage-only projects in ${row.name}.`);
  if (!hosts.some((host) => isHostOf(row, host, catalog)))
    throw refused(
      "The key cannot be of this project.",
      `This key may be sent to no host of ${row.name}, and a project bound there answers at no other.`,
    );
  return row.code;
}

function isExcluded({ state }: Cell): boolean {
  return state === "no" || state === "unlisted";
}

function isHostOf(row: RegionRow, host: string, catalog: Catalog): boolean {
  return catalog.hosts.some((known) => known.host === host && known.region === row.code);
}

function refused(message: string, why: string): Refusal {
  return new Refusal("invalid_input", message, { fields: [{ field: "region", message: why }] });
}
