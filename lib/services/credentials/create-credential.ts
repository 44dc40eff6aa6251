import { v7 } from "uuid";
import type { CreateCredentialInput, CredentialSummary } from "../../contracts/tenants.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { visibleCredential } from "../../db/provider-credential.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { sealSecret } from "../secrets/seal-secret.ts";
import { credentialSummary } from "./credential-summary.ts";

/** Keeps a provider's key, encrypted, with the closed set of hosts it may be sent to. */
export const createCredential = mutation<
  CreateCredentialInput & { readonly tenant: string },
  CredentialSummary
>({
  permission: "credential:write",
  event: "credential.created",
  changesConfig: true,
  run: async ({ tx, tenant, at }, input) => {
    const { mode } = await tx.tenant.findUniqueOrThrow({ where: { id: tenant.tenantId } });
    checkSecret(input.secret, mode);
    const hosts = [...new Set(input.hosts)];
    const catalog = await currentCatalog();
    for (const host of hosts) checkHost(host, catalog);
    const id = v7();
    const row = await tx.providerCredential.create({
      data: {
        tenantId: tenant.tenantId,
        id,
        label: input.label,
        sealed: new Uint8Array(sealSecret(input.secret, { tenantId: tenant.tenantId, credentialId: id })),
        hint: input.secret.slice(-4),
        projectId: input.projectId,
        hosts,
        createdAt: at,
      },
      select: visibleCredential,
    });
    return {
      output: credentialSummary(row),
      subject: id,
      detail: { label: input.label, projectId: input.projectId, hosts },
    };
  },
});

/** Simulated and live never mix, and no key of ours goes to a provider: a key's own form says which it is. */
function checkSecret(secret: string, mode: string): void {
  const simulated = secret.startsWith("sk-sim-");
  const problem = /^dom(?:pg)?_/i.test(secret)
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

function checkHost(host: string, { hosts }: Catalog): void {
  if (hosts.some((row) => row.host === host && row.provider === "openai")) return;
  throw new Refusal("invalid_input", "A key may be sent to documented hosts only.", {
    fields: [{ field: "hosts", message: `OpenAI documents no host named ${host}.` }],
  });
}
