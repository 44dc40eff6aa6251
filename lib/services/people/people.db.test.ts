import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trailSearch } from "../../contracts/trail.ts";
import { giveCheapPassword } from "../../testing/cheap-password.ts";
import { createStoreWorld, job, type StoreWorld } from "../../testing/store-world.ts";
import { checkRows } from "../ledger/check-rows.ts";
import { findSession, type PersonActor } from "../sessions/find-session.ts";
import { openSession } from "../sessions/open-session.ts";
import { getTenant } from "../tenants/get-tenant.ts";
import { listTrail } from "../trail/list-trail.ts";
import { addMember } from "./add-member.ts";
import { addNewMember } from "./add-new-member.ts";
import { authenticatePerson } from "./authenticate-person.ts";
import { changePassword } from "./change-password.ts";
import { changeRole } from "./change-role.ts";
import { createPerson } from "./create-person.ts";
import { disablePerson } from "./disable-person.ts";
import { enablePerson } from "./enable-person.ts";
import { grantAdministration } from "./grant-administration.ts";
import { listMembers } from "./list-members.ts";
import { listPeople } from "./list-people.ts";
import { removeMember } from "./remove-member.ts";
import { resetPassword } from "./reset-password.ts";
import { withdrawAdministration } from "./withdraw-administration.ts";

let world: StoreWorld;
let root: PersonActor;
let ada: PersonActor & { token: string };

beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("bank");
  await world.addTenant("other");
  root = await world.addPerson("root", {});
  ada = await world.addPerson("ada", { bank: "admin" });
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const membershipsOf = async ({ token }: { token: string }) =>
  (await web(() => findSession(token)))?.memberships;
const signIn = (email: string, password: string) =>
  web(() => authenticatePerson({ email, password, address: null }));
const systemEvents = (subject: string) =>
  world.sql<{ kind: string; actor_name: string; detail: object }>(
    "owner",
    {},
    "SELECT kind, actor_name, detail FROM system_event WHERE subject = $1 ORDER BY at, ledger_index",
    [subject],
  );

describe("a membership", () => {
  it("changes its role with the next request, and its past stays", async () => {
    const otto = await world.addPerson("otto", { bank: "officer" });
    await web(() => changeRole(ada, { tenant: "bank", personId: otto.personId, role: "auditor" }));
    expect(await membershipsOf(otto)).toMatchObject([{ slug: "bank", role: "auditor" }]);
    const { members, ended } = await web(() => listMembers(ada, "bank"));
    expect(members.find(({ personId }) => personId === otto.personId)).toMatchObject({
      role: "auditor",
      isDisabled: false,
      isSelf: false,
    });
    expect(ended.filter(({ personId }) => personId === otto.personId)).toMatchObject([{ role: "officer" }]);
    await expect(
      web(() => changeRole(ada, { tenant: "bank", personId: otto.personId, role: "auditor" })),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("ends with the next request, in its tenant alone; and may begin again", async () => {
    const mara = await world.addPerson("mara", { bank: "developer", other: "developer" });
    await web(() => removeMember(ada, { tenant: "bank", personId: mara.personId }));
    expect(await membershipsOf(mara)).toMatchObject([{ slug: "other" }]);
    const now = await web(() => findSession(mara.token));
    await expect(web(() => getTenant(now as PersonActor, "bank"))).rejects.toMatchObject({
      code: "not_found",
    });
    const tenant = await web(() => getTenant(ada, "bank"));
    expect(tenant.members.map(({ email }) => email)).not.toContain(mara.email);
    await expect(
      web(() => removeMember(ada, { tenant: "bank", personId: mara.personId })),
    ).rejects.toMatchObject({ code: "not_found" });
    await web(() => addMember(ada, { tenant: "bank", email: mara.email, role: "auditor" }));
    expect(await membershipsOf(mara)).toMatchObject([
      { slug: "bank", role: "auditor" },
      { slug: "other", role: "developer" },
    ]);
  });

  it("is changed by admins of the tenant alone, and by nobody of another", async () => {
    const olga = await world.addPerson("olga", { bank: "officer" });
    const fay = await world.addPerson("fay", { other: "admin" });
    for (const [actor, code] of [
      [olga, "forbidden"],
      [fay, "not_found"],
      [root, "not_found"],
    ] as const)
      for (const act of [
        (): Promise<unknown> => addMember(actor, { tenant: "bank", email: fay.email, role: "admin" }),
        () => changeRole(actor, { tenant: "bank", personId: olga.personId, role: "admin" }),
        () => removeMember(actor, { tenant: "bank", personId: olga.personId }),
        () => addNewMember(actor, { tenant: "bank", email: "n@example.com", name: "n", role: "admin" }),
      ])
        await expect(web(act)).rejects.toMatchObject({ code });
    expect(await membershipsOf(olga)).toMatchObject([{ slug: "bank", role: "officer" }]);
    const dev = await world.addPerson("dev", { bank: "developer" });
    await expect(web(() => listMembers(dev, "bank"))).rejects.toMatchObject({ code: "forbidden" });
    expect((await web(() => listMembers(olga, "bank"))).members.length).toBeGreaterThan(1);
  });

  it("of the last admin who may sign in is neither ended nor changed, two at once included", async () => {
    await world.addTenant("pair");
    const one = await world.addPerson("one", { pair: "admin" });
    const two = await world.addPerson("two", { pair: "admin" });
    const outcomes = await web(() =>
      Promise.allSettled([
        removeMember(one, { tenant: "pair", personId: two.personId }),
        changeRole(two, { tenant: "pair", personId: one.personId, role: "officer" }),
      ]),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { members } = await web(() => listMembers(job, "pair"));
    const admins = members.filter(({ role }) => role === "admin");
    expect(admins).toHaveLength(1);
    const last = { tenant: "pair", personId: admins[0]?.personId ?? "" };
    for (const act of [
      () => removeMember(job, last),
      () => changeRole(job, { ...last, role: "officer" as const }),
    ])
      await expect(web(act)).rejects.toMatchObject({ code: "conflict" });
    // Who may not sign in administers nothing.
    const gone = await world.addPerson("gone", { pair: "admin" });
    await web(() => disablePerson(root, { id: gone.personId }));
    await expect(web(() => removeMember(job, last))).rejects.toMatchObject({ code: "conflict" });
    await web(() => enablePerson(root, { id: gone.personId }));
    await web(() => removeMember(job, last));
  });

  it("of oneself ends only where one says that one leaves", async () => {
    const leo = await world.addPerson("leo", { bank: "admin" });
    const self = { tenant: "bank", personId: leo.personId };
    await expect(web(() => removeMember(leo, self))).rejects.toMatchObject({ code: "conflict" });
    expect(await membershipsOf(leo)).toHaveLength(1);
    await web(() => removeMember(leo, { ...self, leaving: true }));
    expect(await membershipsOf(leo)).toEqual([]);
  });

  it("is not given to who is disabled, or unknown", async () => {
    const idle = await world.addPerson("idle", {});
    await web(() => disablePerson(root, { id: idle.personId }));
    const add = (email: string) => web(() => addMember(ada, { tenant: "bank", email, role: "auditor" }));
    await expect(add(idle.email)).rejects.toMatchObject({ code: "conflict" });
    await expect(add("nobody@example.com")).rejects.toMatchObject({ code: "not_found" });
    await expect(add(ada.email)).rejects.toMatchObject({ code: "conflict" });
  });

  it("leaves its entries in the tenant's log, where rows and entries agree, and rows that nobody rewrites", async () => {
    const { events } = await web(() => listTrail(ada, trailSearch.parse({ tenant: "bank", limit: 200 })));
    const kinds = new Set(events.map(({ kind }) => kind));
    for (const kind of ["membership.created", "membership.role_changed", "membership.removed"])
      expect(kinds).toContain(kind);
    expect(events.find(({ kind }) => kind === "membership.role_changed")).toMatchObject({
      log: "tenant",
      actorName: "ada",
      detail: { role: "auditor", roleBefore: "officer" },
    });
    expect(await world.as("worker", () => checkRows(new Date(), "now"))).toMatchObject({ differences: 0 });
    for (const [role, statement] of [
      ["web", "DELETE FROM membership"],
      ["web", "UPDATE membership SET role = 'admin'"],
      ["web", "UPDATE membership SET ended_at = NULL WHERE ended_at IS NOT NULL"],
      ["worker", "UPDATE person SET deployment_admin = true"],
      ["web", "UPDATE person SET email = 'x@example.com'"],
      ["owner", "UPDATE membership SET role = 'admin' WHERE role <> 'admin'"],
      ["gateway", "UPDATE membership SET ended_at = now()"],
      ["worker", "UPDATE person SET disabled_at = now()"],
    ] as const)
      await expect(world.sql(role, {}, statement), statement).rejects.toThrow(/denied|fixed|set once/);
  });

  it("shows the trail what its member did then, and not what he did before or after", async () => {
    const guest = await world.addPerson("guest", {});
    const signsIn = () =>
      web(() => openSession({ personId: guest.personId, userAgent: "test", way: "password" }));
    const seen = async () => {
      const { events } = await web(() =>
        listTrail(ada, trailSearch.parse({ tenant: "bank", who: guest.personId, group: "sign_ins" })),
      );
      return events.length;
    };
    await web(() => addMember(ada, { tenant: "bank", email: guest.email, role: "auditor" }));
    const before = await seen();
    await signsIn();
    expect(await seen()).toBe(before + 1);
    await web(() => removeMember(ada, { tenant: "bank", personId: guest.personId }));
    await signsIn();
    expect(await seen()).toBe(before + 1);
  });
});

describe("a person", () => {
  it("is made with a password that only the answer holds, and signs in with it", async () => {
    const { personId, password } = await web(() =>
      createPerson(root, { email: "New@Example.com", name: "Nora New", deploymentAdmin: false }),
    );
    expect(password).toMatch(/^(?:[a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(await signIn("new@example.com", password)).toMatchObject({ personId });
    const [event] = await systemEvents(personId);
    expect(event).toMatchObject({ kind: "person.created", actor_name: "root" });
    expect(JSON.stringify(event)).not.toContain(password);
    await expect(
      web(() => createPerson(root, { email: "new@example.com", name: "x", deploymentAdmin: false })),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("is made by a deployment admin alone, together with a membership where he is admin of the tenant", async () => {
    const input = { tenant: "bank", email: "paul@example.com", name: "Paul", role: "auditor" as const };
    await expect(web(() => addNewMember(ada, input))).rejects.toMatchObject({ code: "forbidden" });
    const both = { ...ada, deploymentAdmin: true };
    const { personId } = await web(() => addNewMember(both, input));
    const { members } = await web(() => listMembers(ada, "bank"));
    expect(members.find((member) => member.personId === personId)).toMatchObject({
      role: "auditor",
      lastSignInAt: null,
    });
  });

  it("who is disabled has no session from then on, nor one of before when he is enabled again", async () => {
    const dora = await world.addPerson("dora", { bank: "officer" });
    const who = { email: dora.email.toUpperCase() };
    await web(() => disablePerson(root, who));
    expect(await web(() => findSession(dora.token))).toBeNull();
    const { members } = await web(() => getTenant(ada, "bank"));
    const listed = ({ email }: { email: string }) => members.find((each) => each.email === email);
    expect([listed(dora), listed(ada)]).toMatchObject([{ isDisabled: true }, { isDisabled: false }]);
    await expect(
      web(() => openSession({ personId: dora.personId, userAgent: "test", way: "password" })),
    ).rejects.toMatchObject({ code: "unauthenticated" });
    await web(() => enablePerson(root, who));
    expect(await web(() => findSession(dora.token))).toBeNull();
    const { token } = await web(() =>
      openSession({ personId: dora.personId, userAgent: "test", way: "password" }),
    );
    expect(await membershipsOf({ token })).toMatchObject([{ slug: "bank", role: "officer" }]);
    const { events } = await web(() =>
      listTrail(ada, trailSearch.parse({ tenant: "bank", group: "changes", limit: 200 })),
    );
    const about = events.filter(({ subject, log }) => subject === dora.personId && log === "deployment");
    expect(about.map(({ kind, actorName }) => [kind, actorName])).toEqual([
      ["person.enabled", "root"],
      ["person.disabled", "root"],
    ]);
  });

  it("is not there under an id that is none", async () => {
    for (const act of [
      () => removeMember(ada, { tenant: "bank", personId: "x" }),
      () => changeRole(ada, { tenant: "bank", personId: "x", role: "admin" as const }),
      () => disablePerson(root, { id: "x" }),
    ])
      await expect(web(act)).rejects.toMatchObject({ code: "not_found" });
  });

  it("cannot be disabled, enabled, reset or listed by who is no deployment admin", async () => {
    const who = { id: ada.personId };
    for (const act of [
      (): Promise<unknown> => disablePerson(ada, who),
      () => enablePerson(ada, who),
      () => resetPassword(ada, who),
      () => grantAdministration(ada, who),
      () => withdrawAdministration(ada, { id: root.personId }),
      () => listPeople(ada),
    ])
      await expect(web(act)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("who is the last deployment admin is not disabled, and nobody disables himself", async () => {
    await expect(web(() => disablePerson(root, { id: root.personId }))).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(web(() => disablePerson(job, { id: root.personId }))).rejects.toThrow(/last administrator/);
    const second = await world.addPerson("root", {});
    await web(() => disablePerson(second, { id: root.personId }));
    expect(await web(() => listPeople(second))).toContainEqual(
      expect.objectContaining({ personId: root.personId, disabledAt: expect.any(String), tenants: 0 }),
    );
    await web(() => enablePerson(second, { id: root.personId }));
  });

  it("is made an administrator of the deployment, and is one no more, with the next request", async () => {
    const nele = await world.addPerson("nele", { bank: "auditor" });
    const administers = async () => (await web(() => findSession(nele.token)))?.deploymentAdmin;
    await web(() => grantAdministration(root, { id: nele.personId }));
    expect(await administers()).toBe(true);
    await expect(web(() => grantAdministration(root, { id: nele.personId }))).rejects.toMatchObject({
      code: "conflict",
    });
    await web(() => withdrawAdministration(root, { email: nele.email }));
    expect(await administers()).toBe(false);
    expect(await membershipsOf(nele)).toMatchObject([{ slug: "bank", role: "auditor" }]);
    await expect(web(() => withdrawAdministration(root, { id: nele.personId }))).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await systemEvents(nele.personId)).toMatchObject([
      { kind: "person.administration_granted", actor_name: "root", detail: { email: nele.email } },
      { kind: "person.administration_withdrawn", actor_name: "root", detail: { email: nele.email } },
    ]);
  });

  it("who is the last deployment admin who may sign in stays one, two at once included; nobody takes it from himself", async () => {
    const withdraw = (actor: Parameters<typeof withdrawAdministration>[0], { personId }: PersonActor) =>
      web(() => withdrawAdministration(actor, { id: personId }));
    for (const { personId, deploymentAdmin, isSelf } of await web(() => listPeople(root)))
      if (deploymentAdmin && !isSelf) await web(() => withdrawAdministration(root, { id: personId }));
    await expect(withdraw(root, root)).rejects.toThrow(/This is yourself/);
    await expect(withdraw(job, root)).rejects.toThrow(/last administrator/);
    const [one, two] = [await world.addPerson("root", {}), await world.addPerson("root", {})];
    await web(() => disablePerson(one, { id: root.personId }));
    const outcomes = await web(() =>
      Promise.allSettled([
        withdrawAdministration(one, { id: two.personId }),
        withdrawAdministration(two, { id: one.personId }),
      ]),
    );
    const [left, ...others] = (await web(() => listPeople(job))).filter(
      ({ deploymentAdmin, disabledAt }) => deploymentAdmin && disabledAt === null,
    );
    expect(others).toEqual([]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await web(() => enablePerson(job, { id: root.personId }));
    await web(() => withdrawAdministration(root, { id: left?.personId ?? "" }));
  });

  it("whose password is reset signs in with the new one alone, and every session has ended", async () => {
    const { email, personId, token } = await world.addPerson("rita", {});
    await giveCheapPassword(world, personId, "the first password");
    const checked = await signIn(email, "the first password");
    expect(checked).toMatchObject({ personId });
    const { password } = await web(() => resetPassword(root, { email }));
    expect(await web(() => findSession(token))).toBeNull();
    expect(await signIn(email, "the first password")).toBeNull();
    expect(await signIn(email, password)).not.toBeNull();
    // One that was let in before the reset, and would be opened after it.
    await expect(
      web(() =>
        openSession({ personId, userAgent: "test", way: "password", passwordHash: checked?.passwordHash }),
      ),
    ).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await systemEvents(personId)).toMatchObject([
      { kind: "person.password_reset", actor_name: "root" },
    ]);
    await expect(web(() => resetPassword(root, { id: root.personId }))).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("one's own password", () => {
  it("is changed with the present one, and ends the other sessions and not this one", async () => {
    const carl = await world.addPerson("carl", {});
    const { personId, email } = carl;
    const password = "the first password";
    await giveCheapPassword(world, personId, password);
    const other = await web(() => openSession({ personId, userAgent: "test", way: "password" }));
    const change = (present: string, next: string) => web(() => changePassword(carl, { present, next }));
    await expect(change("wrong", "quite another one")).rejects.toMatchObject({
      code: "invalid_input",
      fields: [{ field: "present" }],
    });
    await expect(change(password, "short")).rejects.toMatchObject({ fields: [{ field: "next" }] });
    await expect(change(password, password)).rejects.toMatchObject({ fields: [{ field: "next" }] });
    expect(await web(() => findSession(other.token))).not.toBeNull();
    await change(password, "quite another one");
    expect(await web(() => findSession(carl.token))).not.toBeNull();
    expect(await web(() => findSession(other.token))).toBeNull();
    expect(await signIn(email, password)).toBeNull();
    expect(await signIn(email, "quite another one")).not.toBeNull();
    expect((await systemEvents(personId)).at(-1)).toMatchObject({
      kind: "person.password_changed",
      actor_name: "carl",
    });
  });

  it("is not found out by an open browser: wrong guesses count as failed sign-ins", async () => {
    const gina = await world.addPerson("gina", {});
    const password = "the first password";
    await giveCheapPassword(world, gina.personId, password);
    const guesses = await web(() =>
      Promise.allSettled(
        Array.from({ length: 14 }, (_, n) =>
          changePassword(gina, { present: `guess ${n}`, next: "quite another one" }),
        ),
      ),
    );
    const codes = guesses.map((guess) => guess.status === "rejected" && guess.reason.code);
    expect(codes.filter((code) => code === "invalid_input")).toHaveLength(10);
    expect(codes.filter((code) => code === "too_many_attempts")).toHaveLength(4);
    await expect(signIn(gina.email, password)).rejects.toMatchObject({ code: "too_many_attempts" });
  });
});
