import { v7 } from "uuid";
import type { CreatedKey, CreateKeyInput } from "../../contracts/tenants.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { findRegion } from "../../core/regions/host-of-region.ts";
import { ensureApplication } from "../../db/application.ts";
import { visibleKey } from "../../db/gateway-key.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { mutation } from "../mutation.ts";
import { newestPolicy } from "../policies/newest-policy.ts";
import { Refusal } from "../refusal.ts";
import { readAddressBlock } from "./address-block.ts";
import { generateKey, hashKey } from "./key-format.ts";
import { keySummary } from "./key-summary.ts";

/** What is declared of the application is kept where it is new. */
type Input = Omit<CreateKeyInput, Optional> &
  Partial<Pick<CreateKeyInput, Optional>> & { readonly tenant: string };

type Optional =
  | "dataCategory"
  | "owner"
  | "scopes"
  | "expiresAt"
  | "allowedFrom"
  | "callsPerMinute"
  | "concurrentCalls";

/** Makes a key for an application, which is made as well where there is none of that name. The key is shown this once. */
export const createKey = mutation<Input, CreatedKey>({
  permission: "key:write",
  event: "key.created",
  changesConfig: true,
  run: async ({ tx, tenant, at }, input) => {
    const { customHosts } = await newestPolicy(tx, tenant.tenantId);
    const target = checkTarget(input.target, await currentCatalog(), customHosts);
    const application = await ensureApplication(tx, {
      tenantId: tenant.tenantId,
      id: v7(),
      name: input.application,
      environment: input.environment,
      purpose: input.purpose,
      dataCategory: input.dataCategory ?? "unknown",
      owner: input.owner || null,
    });
    const { lookupId, whole } = generateKey();
    const row = await tx.gatewayKey.create({
      data: {
        tenantId: tenant.tenantId,
        id: v7(),
        applicationId: application.id,
        name: input.name,
        kind: input.kind,
        target,
        ...limitsOf(input, at),
        lookupId,
        secretHash: new Uint8Array(hashKey(whole)),
        createdAt: at,
      },
      select: visibleKey,
    });
    return {
      output: { key: keySummary(row), secret: whole },
      subject: row.id,
      detail: { name: input.name, kind: input.kind, application: application.name, target },
    };
  },
});

/** trust: what an admin typed. A block that could be read in two ways is refused. */
function limitsOf(input: Input, at: Date) {
  const { expiresAt = null, allowedFrom = [], callsPerMinute = null, concurrentCalls = null } = input;
  if (expiresAt !== null && new Date(expiresAt) <= at)
    throw new Refusal("invalid_input", "The key would have ended already.", {
      fields: [{ field: "expiresAt", message: "Choose a moment that is still to come." }],
    });
  const blocks = allowedFrom.map((text) => {
    const block = readAddressBlock(text);
    if (block !== null) return block;
    throw new Refusal("invalid_input", "An address is not in CIDR notation.", {
      fields: [
        {
          field: "allowedFrom",
          message: `${text} is no address and no block such as 192.0.2.0/24 or 2001:db8::/32.`,
        },
      ],
    });
  });
  return {
    scopes: [...new Set(input.scopes ?? [])],
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    allowedFrom: [...new Set(blocks)],
    callsPerMinute,
    concurrentCalls,
  };
}

/** A resource of Azure, or a host that the policy admits, is aimed at by its name: no region and no routing means it. */
function checkTarget(target: string, catalog: Catalog, customHosts: readonly string[]): string {
  const isRegion = target === "global" || findRegion(target, catalog)?.provider === "openai";
  const isHost = catalog.hosts.some(({ host }) => host === target);
  const isAdmitted = customHosts.includes(target);
  if (target === "policy" || isRegion || isHost || isAdmitted) return target;
  throw new Refusal("invalid_input", "A key may aim at the policy, a region or a known host.", {
    fields: [
      {
        field: "target",
        message: `The catalog has no region or host named ${target}, and the policy admits none of that name.`,
      },
    ],
  });
}
