import { v7 } from "uuid";
import type { CreateTenantInput, TenantSummary } from "../../contracts/tenants.ts";
import { dayMs } from "../../core/calendar.ts";
import { policyProblems } from "../../core/policies/check-policy.ts";
import type { Enforcement, Policy } from "../../core/policies/policy.ts";
import { policyFromPreset, presets } from "../../core/policies/presets.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import { beginMembership } from "../../db/membership.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { deploymentMutation, type MutationOptions } from "../mutation.ts";
import { playgroundApplication } from "../playground/find-playground-caller.ts";
import { Refusal } from "../refusal.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";
import { tenantSummary } from "./tenant-summary.ts";

const create = deploymentMutation<CreateTenantInput & { readonly id: string }, TenantSummary>({
  who: "admin",
  event: "tenant.created",
  changesConfig: true,
  newTenant: ({ id }) => id,
  run: async ({ tx, actor, actorName, at }, input) => {
    const policy = checkedPolicy(input, at, await currentCatalog());
    const body = canonicalJson(policy);
    const sha256 = sha256Hex(body);
    const { id, slug, name, mode } = input;
    await tx.tenant.createMany({ data: [{ id, slug, name, mode, createdAt: at }] });
    await tx.recordingHead.createMany({ data: [{ tenantId: id }] });
    await tx.application.createMany({
      data: [
        {
          tenantId: id,
          id: v7(),
          ...playgroundApplication,
          purpose: "Calls made on the playground page",
          createdAt: at,
        },
      ],
    });
    const version = {
      version: 1,
      preset: policy.preset,
      body: JSON.parse(body),
      sha256,
      effectiveAt: at,
      createdAt: at,
      createdBy: actorName,
    };
    await tx.policyVersion.createMany({ data: [{ tenantId: id, ...version }] });
    if (actor.kind === "person")
      await beginMembership(tx, { tenantId: id, personId: actor.personId, role: "admin", at });
    return {
      output: tenantSummary({ id, slug, name, mode, createdAt: at }, version, "admin"),
      subject: id,
      detail: { slug, name, mode, preset: policy.preset, policySha256: sha256 },
    };
  },
});

/**
 * A tenant with its first policy, in force at once: no approver is needed for the first. Refuses a policy that cannot be
 * met. Whoever creates it is its first admin.
 */
export async function createTenant(
  actor: Actor,
  input: CreateTenantInput,
  options: MutationOptions = {},
): Promise<TenantSummary> {
  try {
    return await create(actor, { ...input, id: v7() }, options);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", "Another tenant has this short name.", {
      cause: error,
      fields: [{ field: "slug", message: "Taken. Choose another one." }],
    });
  }
}

function checkedPolicy(input: CreateTenantInput, at: Date, catalog: Catalog): Policy {
  const preset = presets.find(({ id }) => id === input.preset);
  if (!preset)
    throw new Refusal("invalid_input", "There is no such preset.", {
      fields: [{ field: "preset", message: "Choose one of the list." }],
    });
  const policy = policyFromPreset(preset.id, {
    homeRegion: input.homeRegion,
    enforcement: enforcementOf(input, at),
    acceptance: input.acceptance,
  });
  const problems = policyProblems(policy, catalog, at.toISOString());
  if (problems.length > 0)
    throw new Refusal("policy_cannot_be_met", problems[0]?.message ?? "This policy cannot be met.", {
      fields: problems,
    });
  return policy;
}

/** Observing ends: after 90 days, for a simulated tenant after a year. */
function enforcementOf({ enforcement, mode }: CreateTenantInput, at: Date): Enforcement {
  if (enforcement === "block") return { mode: "block" };
  const days = mode === "simulated" ? 365 : 90;
  return { mode: "observe", until: new Date(at.getTime() + days * dayMs).toISOString() };
}
