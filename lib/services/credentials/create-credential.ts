import { v7 } from "uuid";
import type { CreateCredentialInput, CredentialSummary } from "../../contracts/tenants.ts";
import { openaiUpstream, type Upstream } from "../../core/upstreams/upstream.ts";
import { visibleCredential } from "../../db/provider-credential.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { mutation } from "../mutation.ts";
import { newestPolicy } from "../policies/newest-policy.ts";
import { Refusal } from "../refusal.ts";
import { sealSecret } from "../secrets/seal-secret.ts";
import { checkHosts } from "./check-hosts.ts";
import { checkSecret } from "./check-secret.ts";
import { credentialSummary } from "./credential-summary.ts";

type Input = Omit<CreateCredentialInput, "upstream"> & {
  readonly upstream?: CreateCredentialInput["upstream"];
  readonly tenant: string;
};

/** Keeps a provider's key, encrypted, with the closed set of hosts it may be sent to and how requests are put to them. */
export const createCredential = mutation<Input, CredentialSummary>({
  permission: "credential:write",
  event: "credential.created",
  changesConfig: true,
  run: async ({ tx, tenant, at }, input) => {
    const { upstream = openaiUpstream, label, projectId, secret } = input;
    const { mode } = await tx.tenant.findUniqueOrThrow({ where: { id: tenant.tenantId } });
    checkSecret(secret, mode);
    checkUpstream(upstream);
    const catalog = await currentCatalog();
    const { customHosts } = await newestPolicy(tx, tenant.tenantId);
    const hosts = checkHosts(upstream, input.hosts, { catalog, customHosts });
    const id = v7();
    const row = await tx.providerCredential.create({
      data: {
        tenantId: tenant.tenantId,
        id,
        label,
        sealed: new Uint8Array(sealSecret(secret, { tenantId: tenant.tenantId, credentialId: id })),
        hint: secret.slice(-4),
        projectId,
        hosts: [...hosts],
        kind: upstream.kind,
        ...(upstream.kind === "openai" ? {} : { upstream }),
        createdAt: at,
      },
      select: visibleCredential,
    });
    return {
      output: credentialSummary(row),
      subject: id,
      detail: { label, projectId, hosts, ...describe(upstream) },
    };
  },
});

/** What cannot be put to a resource in this way. */
function checkUpstream(upstream: Upstream): void {
  if (upstream.kind !== "azure") return;
  const { paths, apiVersion, deployments } = upstream;
  if (paths === "deployments" && apiVersion === null)
    throw refused("upstream.apiVersion", "The classic paths need an api-version, such as 2024-10-21.");
  // On the v1 paths the body's `model` names the deployment, and no body is changed.
  const renamed = paths === "v1" ? deployments.find(({ model, name }) => model !== name) : undefined;
  if (renamed)
    throw refused(
      "upstream.deployments",
      `On the v1 paths clients ask for the deployment itself, so ${renamed.model} cannot stand for ${renamed.name}.`,
    );
  if (new Set(deployments.map(({ model }) => model)).size < deployments.length)
    throw refused("upstream.deployments", "Each model is answered by one deployment.");
}

function refused(field: string, message: string): Refusal {
  return new Refusal("invalid_input", "This upstream cannot be kept.", { fields: [{ field, message }] });
}

/** The configured evidence, as the record of changes says it: who recorded which SKU when. */
function describe(upstream: Upstream): Readonly<Record<string, string | null | readonly string[]>> {
  switch (upstream.kind) {
    case "openai":
      return {};
    case "azure": {
      const { kind, paths, apiVersion, deployments } = upstream;
      const list = deployments.map(({ model, name, sku }) => `${model}: ${name}, ${sku}`);
      return { kind, paths, apiVersion, deployments: list };
    }
    case "custom":
      return { kind: upstream.kind, basePath: upstream.basePath, keyHeader: upstream.keyHeader };
  }
}
