import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import type { Policy } from "../../lib/core/policies/policy.ts";
import { findProject } from "../../lib/providers/simulated/project.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { createCredential } from "../../lib/services/credentials/create-credential.ts";
import { createKey } from "../../lib/services/keys/create-key.ts";
import { addMember } from "../../lib/services/people/add-member.ts";
import { attestPin } from "../../lib/services/pins/attest-pin.ts";
import { approveProposal } from "../../lib/services/policies/decide-proposal.ts";
import { getPolicies } from "../../lib/services/policies/get-policies.ts";
import { savePolicy } from "../../lib/services/policies/save-policy.ts";
import { Refusal } from "../../lib/services/refusal.ts";
import { getRegister } from "../../lib/services/register/get-register.ts";
import { recordItem } from "../../lib/services/register/record-item.ts";
import { createTenant } from "../../lib/services/tenants/create-tenant.ts";
import { getTenant } from "../../lib/services/tenants/get-tenant.ts";
import { demoPerson } from "./demo-person.ts";
import type { DemoState } from "./demo-state.ts";
import { peopleSpecs } from "./people-specs.ts";
import type { PolicyChangeSpec } from "./policy-changes.ts";
import { registerOf } from "./register-specs.ts";
import { setUpOrganization } from "./set-up-organization.ts";
import type { CredentialSpec, TenantSpec } from "./tenant-specs.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export type SetUpContext = {
  readonly actor: Actor;
  readonly home: string;
  /** Milliseconds since 1970 of the tenant's first day. */
  readonly begin: number;
  readonly end: number;
  readonly state: DemoState;
  readonly save: () => void;
};

/** Makes what is missing of one tenant: policy, members, credential, pin, keys. Each through its verb. */
export async function setUpTenant(spec: TenantSpec, context: SetUpContext): Promise<TenantDetail> {
  const { actor, begin } = context;
  const { slug } = spec.tenant;
  const before = (await findTenant(actor, slug)) ?? (await create(spec, context));
  for (const { email, role } of peopleSpecs) {
    if (before.members.some((member) => member.email === email)) continue;
    await addMember(actor, { tenant: slug, email, role }, { at: new Date(begin) });
  }
  for (const credential of spec.credentials) await setUpCredential(slug, credential, before, context);
  const { organization, credentials } = spec;
  const [first] = credentials;
  if (organization && first) {
    // Whoever attested the project had it read at the same time: calls from then on know both.
    const where = { actor, home: context.home, tenant: before, credentials, at: attestedAt(first, begin) };
    await setUpOrganization(organization, where);
  }
  await setUpKeys(spec, before, context);
  await setUpRegister(slug, context);
  if (spec.policyChange) await changePolicy(spec.policyChange, before, context);
  return getTenant(actor, slug);
}

async function setUpRegister(slug: string, { actor, begin, end }: SetUpContext): Promise<void> {
  if ((await getRegister(actor, slug)).items.length > 0) return;
  for (const item of registerOf(slug, end)) await recordItem(actor, item, { at: new Date(begin) });
}

/** When the project behind a credential was attested. */
export function attestedAt(credential: CredentialSpec, begin: number): number {
  return begin + credential.attestedAfterHours * hourMs;
}

/** One asks for the tenant's second policy; another approves it an hour later, or nobody has yet. */
async function changePolicy(
  spec: PolicyChangeSpec,
  tenant: TenantDetail,
  { end }: SetUpContext,
): Promise<void> {
  const asker = await demoPerson(spec.by, tenant);
  const { versions, proposals } = await getPolicies(asker, tenant.slug);
  const first = versions.at(-1);
  // A run cut short may have done it before, in whole or in half.
  if (!first || versions.length > 1) return;
  const askedAt = spec.askedAt(end);
  const policy = { ...spec.change(first.policy) };
  const asked = proposals[0] ?? (await propose(asker, { ...spec, policy, tenant: tenant.slug }, askedAt));
  if (!spec.approval) return;
  const approver = await demoPerson(spec.approval.by, tenant);
  const decision = { tenant: tenant.slug, id: asked.id, note: spec.approval.note };
  await approveProposal(approver, decision, { at: new Date(askedAt + hourMs) });
}

async function propose(
  asker: Actor,
  { tenant, policy, reason }: { readonly tenant: string; readonly policy: Policy; readonly reason: string },
  at: number,
): Promise<{ readonly id: string }> {
  const saved = await savePolicy(asker, { tenant, policy, reason, baseVersion: 1 }, { at: new Date(at) });
  if (saved.kind === "proposed") return saved;
  throw new Error(`The demo's change of ${tenant} needs no second person.`);
}

async function findTenant(actor: Actor, slug: string): Promise<TenantDetail | null> {
  try {
    return await getTenant(actor, slug);
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return null;
    throw error;
  }
}

async function create(spec: TenantSpec, { actor, begin, end }: SetUpContext): Promise<TenantDetail> {
  const { acceptance } = spec.tenant;
  const reviewOn = new Date(end + 180 * dayMs).toISOString().slice(0, 10);
  await createTenant(
    actor,
    { ...spec.tenant, mode: "simulated", acceptance: acceptance && { ...acceptance, reviewOn } },
    { at: new Date(begin) },
  );
  return getTenant(actor, spec.tenant.slug);
}

async function setUpCredential(
  tenant: string,
  spec: CredentialSpec,
  there: TenantDetail,
  { actor, begin }: SetUpContext,
): Promise<void> {
  const { label, secret, hosts, pin, attestedBy, statement } = spec;
  const projectId = findProject(secret)?.id ?? null;
  const credential =
    there.credentials.find((candidate) => candidate.label === label) ??
    (await createCredential(
      actor,
      { tenant, label, secret, projectId, hosts: [...hosts] },
      { at: new Date(begin) },
    ));
  if (credential.pin.kind !== "unknown") return;
  await attestPin(
    actor,
    { tenant, credentialId: credential.id, ...pin, attestedBy, statement },
    { at: new Date(attestedAt(spec, begin)) },
  );
}

async function setUpKeys(spec: TenantSpec, before: TenantDetail, context: SetUpContext): Promise<void> {
  const { actor, begin, state, save } = context;
  const tenant = spec.tenant.slug;
  for (const { name, kind, application, purpose, data, owner, target } of spec.keys) {
    const known = `${tenant}/${name}`;
    if (state.keys[known] !== undefined && before.keys.some((key) => key.name === name)) continue;
    // crash: a key whose secret was not written down is of no use to anybody; another one is made.
    const { secret } = await createKey(
      actor,
      {
        tenant,
        name,
        kind,
        application,
        purpose,
        dataCategory: data ?? "unknown",
        owner: owner ?? "",
        target,
        environment: "production",
      },
      { at: new Date(begin) },
    );
    state.keys[known] = secret;
    save();
  }
}
