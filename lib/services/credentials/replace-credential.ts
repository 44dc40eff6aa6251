import { v7 } from "uuid";
import type { CredentialSummary, ReplaceCredentialInput } from "../../contracts/tenants.ts";
import { visibleCredential } from "../../db/provider-credential.ts";
import { isUuid } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { sealSecret } from "../secrets/seal-secret.ts";
import { checkSecret } from "./check-secret.ts";
import { credentialSummary } from "./credential-summary.ts";

type Input = ReplaceCredentialInput & { readonly tenant: string; readonly credentialId: string };

/**
 * Puts another secret in the place of a credential's: a new credential for the same hosts, and the old one is revoked
 * with it. So a credential's id stands for one secret for ever, and calls say which of them they used. What is known of
 * the project's pin goes on only where somebody says that the project is the same, and as that person's word.
 */
export const replaceCredential = mutation<Input, CredentialSummary>({
  permission: "credential:write",
  event: "credential.replaced",
  changesConfig: true,
  run: async ({ tx, tenant, at, actorName }, { credentialId, secret, sameProject }) => {
    const { tenantId } = tenant;
    const where = { tenantId, id: credentialId };
    const old = isUuid(credentialId)
      ? await tx.providerCredential.findFirst({ where, select: visibleCredential })
      : null;
    if (!old) throw new Refusal("not_found", "There is no such credential.");
    if (old.revokedAt !== null) throw new Refusal("conflict", "This key was revoked. Add a new one.");
    const { mode } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    checkSecret(secret, mode);
    const id = v7();
    const row = await tx.providerCredential.create({
      data: {
        tenantId,
        id,
        label: old.label,
        sealed: new Uint8Array(sealSecret(secret, { tenantId, credentialId: id })),
        hint: secret.slice(-4),
        projectId: sameProject ? old.projectId : null,
        hosts: old.hosts,
        kind: old.kind,
        ...(old.upstream === null ? {} : { upstream: old.upstream }),
        replaces: old.id,
        createdAt: at,
      },
      select: visibleCredential,
    });
    await tx.providerCredential.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: at } });
    const pin = sameProject
      ? await tx.pin.findFirst({
          where: { tenantId, credentialId: old.id, statedAt: { lte: at } },
          orderBy: [{ statedAt: "desc" }, { id: "desc" }],
        })
      : null;
    if (pin !== null)
      await tx.pin.createMany({
        data: [
          {
            tenantId,
            credentialId: id,
            id: v7(),
            kind: pin.kind,
            region: pin.region,
            source: pin.source === "none" ? "none" : "attestation",
            since: pin.since,
            attestedBy: pin.source === "none" ? null : actorName,
            statement: `The key was replaced by another of the same project, of which was known: ${pin.kind}, ${pin.source}.`,
            statedAt: at,
          },
        ],
      });
    return {
      output: credentialSummary(row),
      subject: id,
      detail: { label: old.label, hosts: old.hosts, replaces: old.id, sameProject },
    };
  },
});
