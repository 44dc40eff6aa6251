import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../core/access/role.ts";
import { policyFromPreset } from "../core/policies/presets.ts";
import { giveCheapPassword } from "../testing/cheap-password.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { addMember } from "./people/add-member.ts";
import { changePassword } from "./people/change-password.ts";
import { changeRole } from "./people/change-role.ts";
import { createPerson } from "./people/create-person.ts";
import { resetPassword } from "./people/reset-password.ts";
import { approveProposal, rejectProposal } from "./policies/decide-proposal.ts";
import { savePolicy } from "./policies/save-policy.ts";
import { findSession, type PersonActor } from "./sessions/find-session.ts";
import { openSession } from "./sessions/open-session.ts";

let world: StoreWorld;
beforeAll(async () => {
  world = await createStoreWorld();
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const hourMs = 3_600_000;
const eea = policyFromPreset("eea_ch", {
  homeRegion: "eu",
  enforcement: { mode: "block" },
  acceptance: null,
});
const wider = { ...eea, claims: { ...eea.claims, storage: { kind: "any" } } };
const own = "a password of his own";

/** A tenant whose administrator administers the deployment, too, and a proposal of somebody's that widens. */
async function begin(slug: string) {
  const tenant = await world.addTenant(slug);
  const root = await world.addPerson("root", { [slug]: "admin" });
  return { slug, tenant, root };
}

async function propose(
  actor: PersonActor,
  slug: string,
): Promise<{ tenant: string; id: string; note: string }> {
  const reason = "Agreed with the data protection officer.";
  const saved = await web(() => savePolicy(actor, { tenant: slug, policy: wider, reason, baseVersion: 1 }));
  if (saved.kind !== "proposed") throw new Error("It was saved at once.");
  return { tenant: slug, id: saved.id, note: "" };
}

async function makeMember(by: PersonActor, slug: string, role: Role, deploymentAdmin = false) {
  const name = `made-${slug}-${Math.floor(performance.now())}`;
  const email = `${name}@example.com`;
  const { personId } = await web(() => createPerson(by, { email, name, deploymentAdmin }));
  await web(() => addMember(by, { tenant: slug, email, role }));
  return signIn(personId);
}

async function signIn(personId: string): Promise<PersonActor> {
  const { token } = await web(() => openSession({ personId, userAgent: "test", way: "password" }));
  const actor = await web(() => findSession(token));
  if (!actor) throw new Error("The session just opened was not found.");
  return actor;
}

async function choosePassword(actor: PersonActor) {
  await giveCheapPassword(world, actor.personId, "what was given");
  await web(() => changePassword(actor, { present: "what was given", next: own }));
}

const inHours = (hours: number) => ({ at: new Date(Date.now() + hours * hourMs) });

async function accountInEntry({ id }: StoreTenant) {
  const [event] = await world.sql<{ said: string | null }>(
    "web",
    { read: [id] },
    "SELECT detail ->> 'approverAccount' AS said FROM audit_event WHERE kind = 'policy.approved' AND tenant_id = $1",
    [id],
  );
  return event?.said;
}

describe("two people", () => {
  it("are not somebody and the account he made, until it has a password of its own for 24 hours; the entry says it", async () => {
    const { slug, tenant, root } = await begin("made");
    const made = await makeMember(root, slug, "officer");
    const wish = await propose(root, slug);
    const approve = (hours: number) => web(() => approveProposal(made, wish, inHours(hours)));
    const refused = { code: "not_independent", message: expect.stringContaining("made you a member") };
    await expect(approve(0)).rejects.toMatchObject(refused);
    // Time alone makes nobody's password his own.
    await expect(approve(30)).rejects.toMatchObject(refused);
    await choosePassword(made);
    await expect(approve(23)).rejects.toMatchObject(refused);
    await approve(25);
    expect(await accountInEntry(tenant)).toBe("The requester made the approver a member 25 hours before.");
  });

  it("are somebody and whom he bound to the identity provider, where that is his way in, a day later", async () => {
    const { slug, root } = await begin("bound");
    const made = await makeMember(root, slug, "officer");
    await world.sql(
      "owner",
      {},
      "INSERT INTO person_identity (id, person_id, issuer, subject, bound_by) VALUES ($1, $2, 'https://id.example', 'olaf', 'administrator')",
      [crypto.randomUUID(), made.personId],
    );
    const wish = await propose(root, slug);
    const approve = (hours: number) => web(() => approveProposal(made, wish, inHours(hours)));
    await expect(approve(23)).rejects.toMatchObject({ code: "not_independent" });
    await approve(25);
  });

  it("are not somebody and the officer whose password he reset, though hers was her own for long", async () => {
    const { slug, root } = await begin("reset");
    const olga = await world.addPerson("olga", { [slug]: "officer" });
    await choosePassword(olga);
    await web(() => resetPassword(root, { id: olga.personId }));
    const wish = await propose(root, slug);
    const again = await signIn(olga.personId);
    for (const hours of [0, 48])
      await expect(web(() => approveProposal(again, wish, inHours(hours)))).rejects.toMatchObject({
        code: "not_independent",
        message: expect.stringContaining("reset your password"),
      });
    // To refuse harms nobody.
    await web(() => rejectProposal(again, wish));
  });

  it("are not the account somebody made, which asks, and himself, who approves", async () => {
    const { slug, root } = await begin("turned");
    const made = await makeMember(root, slug, "admin");
    const wish = await propose(made, slug);
    await expect(web(() => approveProposal(root, wish))).rejects.toMatchObject({
      code: "not_independent",
      message: expect.stringContaining("You made the requester a member"),
    });
  });

  it("are not somebody and an account that one made which he made himself", async () => {
    const { slug, root } = await begin("chain");
    const first = await makeMember(root, slug, "admin", true);
    const last = await makeMember(first, slug, "officer");
    const wish = await propose(root, slug);
    await expect(web(() => approveProposal(last, wish))).rejects.toMatchObject({ code: "not_independent" });
  });

  it("are not somebody and whom he gave a role a moment ago, but a day later", async () => {
    const { slug, tenant, root } = await begin("role");
    const dev = await world.addPerson("dev", { [slug]: "developer" });
    await choosePassword(dev);
    await web(() => changeRole(root, { tenant: slug, personId: dev.personId, role: "officer" }));
    const wish = await propose(root, slug);
    const officer = await signIn(dev.personId);
    await expect(web(() => approveProposal(officer, wish))).rejects.toMatchObject({
      code: "not_independent",
      message: expect.stringContaining("gave you another role"),
    });
    await web(() => approveProposal(officer, wish, inHours(24.5)));
    expect(await accountInEntry(tenant)).toBe(
      "The requester gave the approver another role 24 hours before.",
    );
  });

  it("are two whose accounts seed or operator made, at once; the entry has nothing to say", async () => {
    const { slug, tenant, root } = await begin("seeded");
    const olga = await world.addPerson("olga", { [slug]: "officer" });
    await web(async () => approveProposal(olga, await propose(root, slug)));
    expect(await accountInEntry(tenant)).toBeNull();
  });

  it("are told apart by rows that nobody rewrites", async () => {
    for (const [role, statement] of [
      ["web", "DELETE FROM account_touch"],
      ["web", "UPDATE account_touch SET by_name = 'x'"],
      ["owner", "UPDATE account_touch SET by_name = 'x'"],
      ["owner", "DELETE FROM account_touch"],
      ["gateway", "SELECT 1 FROM account_touch"],
    ] as const)
      await expect(world.sql(role, {}, statement), statement).rejects.toThrow(/denied|is refused/);
  });

  it("stand in the tenant's log: who made the account of a member", async () => {
    const { slug, tenant, root } = await begin("trail");
    const made = await makeMember(root, slug, "auditor");
    const [event] = await world.sql<{ detail: Record<string, unknown> }>(
      "web",
      { read: [tenant.id] },
      "SELECT detail FROM audit_event WHERE kind = 'membership.created' AND subject = $1",
      [made.personId],
    );
    expect(event?.detail).toMatchObject({ accountMadeBy: "root", accountMadeAt: expect.any(String) });
  });
});
