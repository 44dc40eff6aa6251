import { v7 } from "uuid";
import type { AttestPinInput, PinSummary } from "../../contracts/tenants.ts";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
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
  run: async ({ tx, tenant, at }, input) => {
    const region = checkRegion(input);
    const credential = await tx.providerCredential.findFirst({
      where: { tenantId: tenant.tenantId, id: input.credentialId },
      select: { id: true },
    });
    if (!credential) throw new Refusal("not_found", "There is no such credential.");
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
    return {
      output: { ...pin, source: "attestation", since: since?.toISOString() ?? null },
      subject: credential.id,
      detail: pin,
    };
  },
});

function checkRegion({ kind, region }: AttestPinInput): string | null {
  if (kind === "global" || kind === "unknown") return null;
  if (region !== null && openaiCatalog.regions.some(({ code }) => code === region)) return region;
  throw new Refusal("invalid_input", "The project's region is missing.", {
    fields: [{ field: "region", message: "Choose the region the project is bound to." }],
  });
}
