import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import type { Actor } from "../actor.ts";
import { createCredential } from "../credentials/create-credential.ts";
import { addAccount } from "./add-account.ts";
import { askForReading } from "./ask-for-reading.ts";
import { getAccounts } from "./get-accounts.ts";
import { openAccount } from "./open-account.ts";
import { replaceAccount } from "./replace-account.ts";
import { revokeAccount } from "./revoke-account.ts";

let world: StoreWorld;
let bank: StoreTenant;
let ann: Actor;
let officer: Actor;
let stranger: Actor;

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  await world.addTenant("shop");
  await world.addTenant("live", { mode: "live" });
  ann = await world.addPerson("ann", { bank: "admin", live: "admin" });
  officer = await world.addPerson("olga", { bank: "officer" });
  stranger = await world.addPerson("sam", { shop: "admin" });
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const add = (secret = "sk-admin-sim-first-aaaa", over: { tenant?: string; label?: string } = {}) =>
  web(() => addAccount(ann, { tenant: "bank", label: "Bank AG", secret, ...over }));
const eventsOf = (subject: string) =>
  world.sql<{ kind: string; detail: Record<string, unknown> }>(
    "owner",
    { read: [bank.id] },
    "SELECT kind, detail FROM audit_event WHERE subject = $1 ORDER BY at, id",
    [subject],
  );

describe("an organization's account", () => {
  it("is kept sealed: only a gateway can open it, nobody is shown it, and the trail does not say it", async () => {
    const made = await add();
    expect(made).toMatchObject({ label: "Bank AG", hint: "aaaa", addedBy: "ann", lastReadAt: null });
    expect(JSON.stringify(made)).not.toContain("first");
    expect(await world.as("gateway", () => openAccount(bank.id, made.id))).toEqual({
      secret: "sk-admin-sim-first-aaaa",
      mode: "simulated",
    });
    for (const role of ["web", "worker"] as const)
      await expect(
        world.as(role, () => openAccount(bank.id, made.id)),
        role,
      ).rejects.toThrow(/permission denied/);
    const events = await eventsOf(made.id);
    expect(events).toMatchObject([{ kind: "account.added", detail: { name: "Bank AG", hint: "aaaa" } }]);
    expect(JSON.stringify(events)).not.toContain("first");
  });

  it("is sealed for itself: its bytes open under no other account or tenant", async () => {
    const one = await add("sk-admin-sim-one");
    const two = await add("sk-admin-sim-two");
    // Nobody puts another key into its place but the owner of the database, who seals all of them under another master key.
    for (const role of ["web", "gateway", "worker"] as const)
      await expect(
        world.sql(
          role,
          { read: [bank.id], write: bank.id },
          "UPDATE provider_account SET sealed = 'x' WHERE id = $1",
          [one.id],
        ),
        role,
      ).rejects.toThrow(/permission denied/);
    const moved = await world.sql<{ sealed: Buffer }>(
      "owner",
      { read: [bank.id] },
      "SELECT sealed FROM provider_account WHERE id = $1",
      [one.id],
    );
    const { openSecret } = await import("../secrets/seal-secret.ts");
    expect(() =>
      openSecret(moved[0]?.sealed ?? Buffer.alloc(0), { tenantId: bank.id, accountId: two.id }),
    ).toThrow();
    expect(() =>
      openSecret(moved[0]?.sealed ?? Buffer.alloc(0), { tenantId: bank.id, credentialId: one.id }),
    ).toThrow();
    for (const { id } of [one, two]) await web(() => revokeAccount(ann, { tenant: "bank", accountId: id }));
  });

  it.each([
    ["bank", "sk-sim-eu-1234", "begins with sk-admin-"],
    ["bank", "sk-proj-12345678", "begins with sk-admin-"],
    ["bank", "sk-admin-12345678", "simulated admin keys only"],
    ["live", "sk-admin-sim-1234", "no simulated key"],
    ["bank", "dom_AbCd1234_s3cr3t", "key of Domicile"],
    ["bank", "domac_AbCd1234.s3cr3t", "key of Domicile"],
    ["bank", "sk-admin-sim-a b", "no spaces"],
  ])("of %s is refused with the key %s", async (tenant, secret, words) => {
    const refused = await add(secret, { tenant }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(refused).toMatchObject({ code: "invalid_input" });
    expect(JSON.stringify(refused)).toContain(words);
    expect(JSON.stringify(refused)).not.toContain(secret);
  });

  it("is an admin's matter; others of the tenant see it, and nobody else knows of it", async () => {
    const { id: accountId } = await add("sk-admin-sim-perm");
    const where = { tenant: "bank", accountId };
    const acts = (actor: Actor) => [
      () => addAccount(actor, { tenant: "bank", label: "x", secret: "sk-admin-sim-x" }),
      () => replaceAccount(actor, { ...where, secret: "sk-admin-sim-x" }),
      () => revokeAccount(actor, where),
      () => askForReading(actor, where),
    ];
    for (const act of acts(officer))
      await web(() => expect(act()).rejects.toMatchObject({ code: "forbidden" }));
    for (const act of acts(stranger))
      await web(() => expect(act()).rejects.toMatchObject({ code: "not_found" }));
    expect((await web(() => getAccounts(officer, "bank"))).accounts.map(({ id }) => id)).toContain(accountId);
    await web(() => expect(getAccounts(stranger, "bank")).rejects.toMatchObject({ code: "not_found" }));
    // Named in his own tenant it is not there either.
    for (const act of [replaceAccount, revokeAccount, askForReading])
      await web(() =>
        expect(act(stranger, { tenant: "shop", accountId, secret: "sk-admin-sim-x" })).rejects.toMatchObject({
          code: "not_found",
        }),
      );
    await web(() => revokeAccount(ann, where));
  });

  it("is read on from where the key before it was read last, or was given", async () => {
    const untilOf = async (accountId: string) => {
      const [row] = await world.sql<{ until: Date | null }>(
        "owner",
        { read: [bank.id] },
        "SELECT read_until AS until FROM provider_account WHERE id = $1",
        [accountId],
      );
      return row?.until;
    };
    const replaced = (accountId: string, secret: string) =>
      web(() => replaceAccount(ann, { tenant: "bank", accountId, secret }));
    const unread = await add("sk-admin-sim-unread");
    expect(await untilOf(unread.id)).toBeNull();
    const second = await replaced(unread.id, "sk-admin-sim-unread-2");
    expect(await untilOf(second.id)).toEqual(new Date(unread.createdAt));
    const until = new Date("2026-11-20T08:00:00.000Z");
    await world.sql(
      "worker",
      { read: [bank.id], write: bank.id },
      "UPDATE provider_account SET read_until = $2 WHERE id = $1",
      [second.id, until],
    );
    const third = await replaced(second.id, "sk-admin-sim-unread-3");
    expect(await untilOf(third.id)).toEqual(until);
    await web(() => revokeAccount(ann, { tenant: "bank", accountId: third.id }));
  });

  it("is replaced by another key at once, and the old one is used no more", async () => {
    const old = await add("sk-admin-sim-old");
    const made = await web(() =>
      replaceAccount(ann, { tenant: "bank", accountId: old.id, secret: "sk-admin-sim-new" }),
    );
    expect(made).toMatchObject({ replaces: old.id, label: "Bank AG", hint: "-new" });
    expect(await world.as("gateway", () => openAccount(bank.id, old.id))).toBeNull();
    expect(await world.as("gateway", () => openAccount(bank.id, made.id))).toMatchObject({
      secret: "sk-admin-sim-new",
    });
    await web(() =>
      expect(
        replaceAccount(ann, { tenant: "bank", accountId: old.id, secret: "sk-admin-sim-two" }),
      ).rejects.toMatchObject({ code: "conflict" }),
    );
    await web(() => revokeAccount(ann, { tenant: "bank", accountId: made.id }));
    expect((await eventsOf(made.id)).map(({ kind }) => kind)).toEqual([
      "account.replaced",
      "account.revoked",
    ]);
  });

  it("is asked for once until it was read, and not at all once it was removed", async () => {
    const { id: accountId } = await add("sk-admin-sim-ask");
    const where = { tenant: "bank", accountId };
    await web(() => askForReading(ann, where));
    await web(() => expect(askForReading(ann, where)).rejects.toMatchObject({ code: "conflict" }));
    const first = await web(() => revokeAccount(ann, where));
    expect(await web(() => revokeAccount(ann, where))).toEqual(first);
    await web(() => expect(askForReading(ann, where)).rejects.toMatchObject({ code: "conflict" }));
  });

  it("is one of ten at most", async () => {
    const { accounts } = await web(() => getAccounts(ann, "bank"));
    const used = accounts.filter(({ revokedAt }) => revokedAt === null).length;
    for (let n = used; n < 10; n += 1) await add(`sk-admin-sim-many-${n}`);
    await expect(add("sk-admin-sim-eleventh")).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("what cannot be read", () => {
  it("is said: keys without a project, and projects that no organization knows", async () => {
    const key = { tenant: "bank", secret: "sk-sim-eu-key1", hosts: ["eu.api.openai.com"] };
    await web(() => createCredential(ann, { ...key, label: "Unnamed", projectId: null }));
    await web(() => createCredential(ann, { ...key, label: "Named", projectId: "proj_1" }));
    expect(await web(() => getAccounts(ann, "bank"))).toMatchObject({
      keysWithoutProject: ["Unnamed"],
      unknownProjects: [{ projectId: "proj_1", keys: ["Named"] }],
    });
  });
});
