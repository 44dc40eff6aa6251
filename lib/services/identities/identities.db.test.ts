import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { trailSearch } from "../../contracts/trail.ts";
import { giveCheapPassword } from "../../testing/cheap-password.ts";
import { createStoreWorld, job, type StoreWorld } from "../../testing/store-world.ts";
import { createPerson } from "../people/create-person.ts";
import { disablePerson } from "../people/disable-person.ts";
import { enablePerson } from "../people/enable-person.ts";
import { letIn } from "../people/let-in.ts";
import { findSession, type PersonActor } from "../sessions/find-session.ts";
import { listSessions } from "../sessions/list-sessions.ts";
import { signInByPassword } from "../sessions/sign-in-by-password.ts";
import { listTrail } from "../trail/list-trail.ts";
import { bindIdentity } from "./bind-identity.ts";
import type { IdentityClaims } from "./claims.ts";
import { getOwnSignIn } from "./get-own-sign-in.ts";
import { getSignInOverview } from "./get-sign-in-overview.ts";
import { signInByIdentity } from "./sign-in-by-identity.ts";
import { unbindIdentity } from "./unbind-identity.ts";

const issuer = "https://id.bank.example";
let world: StoreWorld;
let root: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("bank");
  root = await world.addPerson("root", {});
});
afterAll(() => world.drop());
beforeEach(() => {
  vi.stubEnv("DOMICILE_OIDC_ISSUER", issuer);
  vi.stubEnv("DOMICILE_OIDC_CLIENT_ID", "domicile");
  vi.stubEnv("DOMICILE_OIDC_CLIENT_SECRET", "of a test");
});
afterEach(() => vi.unstubAllEnvs());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const arrive = (claims: Partial<IdentityClaims> & { subject: string }) =>
  web(() =>
    signInByIdentity(
      { issuer, email: null, emailVerified: false, shownAt: null, ...claims },
      { userAgent: "test" },
    ),
  );
const bind = (personId: string, subject: string, by = root) =>
  web(() => bindIdentity(by, { who: { id: personId }, subject }));
const kinds = async (personId: string) =>
  (
    await world.sql<{ kind: string }>(
      "owner",
      {},
      "SELECT kind FROM system_event WHERE subject = $1 ORDER BY at, ledger_index",
      [personId],
    )
  ).map(({ kind }) => kind);
async function opened(outcome: Promise<Awaited<ReturnType<typeof arrive>>>): Promise<string> {
  const found = await outcome;
  if (found.kind !== "opened") throw new Error(found.problem);
  return found.token;
}

describe("single sign-on", () => {
  it("makes nobody and signs in nobody: who is bound to no person is refused, and shown to be bound", async () => {
    const before = await world.sql("owner", {}, "SELECT 1 FROM person");
    const claims = { subject: "stranger", email: "Stranger@bank.example", emailVerified: true };
    for (let time = 0; time < 2; time++)
      expect(await arrive(claims)).toEqual({ kind: "refused", problem: "sso_not_bound" });
    expect(await world.sql("owner", {}, "SELECT 1 FROM person")).toHaveLength(before.length);
    const { refused } = await web(() => getSignInOverview(root));
    expect(refused).toMatchObject([{ ...claims, attempts: 2 }]);
    // What the provider says of strangers is not kept for ever.
    await world.sql("owner", {}, "UPDATE refused_sign_in SET last_at = now() - interval '31 days'");
    expect((await web(() => getSignInOverview(root))).refused).toEqual([]);
    await arrive({ subject: "another" });
    expect(await world.sql("owner", {}, "SELECT subject FROM refused_sign_in")).toEqual([
      { subject: "another" },
    ]);
  });

  it("signs in whom an administrator has bound, in a session like any other that says how it was opened", async () => {
    const ann = await world.addPerson("ann", { bank: "admin" });
    await arrive({ subject: "sub-ann" });
    await bind(ann.personId, "sub-ann");
    const token = await opened(arrive({ subject: "sub-ann" }));
    const actor = await web(() => findSession(token));
    expect(actor).toMatchObject({ personId: ann.personId, memberships: [{ slug: "bank", role: "admin" }] });
    const sessions = await web(() => listSessions(ann));
    expect(sessions.find(({ id }) => id === actor?.sessionId)).toMatchObject({ way: "single_sign_on" });
    expect(sessions.find(({ id }) => id === ann.sessionId)).toMatchObject({ way: "password" });
    expect(await web(() => getOwnSignIn(ann))).toMatchObject({ binding: { by: "administrator" } });
    const overview = await web(() => getSignInOverview(root));
    expect(overview.refused.map(({ subject }) => subject)).not.toContain("sub-ann");
    expect(overview.people.find(({ personId }) => personId === ann.personId)).toMatchObject({
      binding: { by: "administrator" },
      last: { way: "single_sign_on" },
    });
    const { events } = await web(() => listTrail(ann, trailSearch.parse({ tenant: "bank" })));
    expect(events.find(({ kind }) => kind === "session.opened")).toMatchObject({
      actorName: "ann",
      detail: { way: "single_sign_on" },
    });
    expect(events.map(({ kind }) => kind)).toContain("person.identity_bound");
  });

  it("refuses who is disabled, and lets him in again once he is enabled", async () => {
    const dora = await world.addPerson("dora", {});
    await bind(dora.personId, "sub-dora");
    const token = await opened(arrive({ subject: "sub-dora" }));
    await web(() => disablePerson(root, { id: dora.personId }));
    expect(await web(() => findSession(token))).toBeNull();
    expect(await arrive({ subject: "sub-dora" })).toEqual({ kind: "refused", problem: "sso_disabled" });
    await web(() => enablePerson(root, { id: dora.personId }));
    expect(await arrive({ subject: "sub-dora" })).toMatchObject({ kind: "opened" });
  });

  it("knows a subject of its own issuer alone, letter by letter", async () => {
    const ida = await world.addPerson("ida", {});
    await bind(ida.personId, "sub-ida");
    expect(await arrive({ subject: "sub-ida", issuer: `${issuer}/` })).toEqual({
      kind: "refused",
      problem: "sso_failed",
    });
    expect(await arrive({ subject: "SUB-IDA" })).toMatchObject({ problem: "sso_not_bound" });
    // What was bound at one provider says nothing at the next.
    vi.stubEnv("DOMICILE_OIDC_ISSUER", "https://other.example");
    expect(await arrive({ subject: "sub-ida", issuer: "https://other.example" })).toMatchObject({
      problem: "sso_not_bound",
    });
  });

  it("is no way in where there is no provider", async () => {
    for (const name of ["ISSUER", "CLIENT_ID", "CLIENT_SECRET"]) vi.stubEnv(`DOMICILE_OIDC_${name}`, "");
    expect(await arrive({ subject: "sub-ann" })).toMatchObject({ problem: "sso_failed" });
    await expect(bind(root.personId, "sub-x")).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("an e-mail address of the provider", () => {
  it("binds nobody unless the operator trusts it, and the provider has verified it", async () => {
    const eva = await world.addPerson("eva", {});
    expect(await arrive({ subject: "sub-eva", email: eva.email, emailVerified: true })).toMatchObject({
      problem: "sso_not_bound",
    });
    vi.stubEnv("DOMICILE_OIDC_TRUST_EMAIL", "on");
    expect(await arrive({ subject: "sub-eva", email: eva.email })).toMatchObject({
      problem: "sso_not_bound",
    });
    const token = await opened(
      arrive({ subject: "sub-eva", email: eva.email.toUpperCase(), emailVerified: true }),
    );
    expect(await web(() => findSession(token))).toMatchObject({ personId: eva.personId });
    expect(await kinds(eva.personId)).toContain("person.identity_bound");
    // From then on it is the subject that counts, whatever it calls itself.
    const again = await opened(arrive({ subject: "sub-eva", email: "another@bank.example" }));
    expect(await web(() => findSession(again))).toMatchObject({ personId: eva.personId });
  });

  it("does not give a person to a second account, nor back to one that was unbound", async () => {
    vi.stubEnv("DOMICILE_OIDC_TRUST_EMAIL", "on");
    const fay = await world.addPerson("fay", {});
    const hers = { email: fay.email, emailVerified: true };
    await opened(arrive({ subject: "sub-fay", ...hers }));
    expect(await arrive({ subject: "sub-thief", ...hers })).toMatchObject({ problem: "sso_not_bound" });
    await web(() => unbindIdentity(root, { id: fay.personId }));
    expect(await arrive({ subject: "sub-fay", ...hers })).toMatchObject({ problem: "sso_not_bound" });
    expect(await arrive({ subject: "sub-new", ...hers })).toMatchObject({ kind: "opened" });
  });

  it("of somebody who is disabled binds nobody", async () => {
    vi.stubEnv("DOMICILE_OIDC_TRUST_EMAIL", "on");
    const gus = await world.addPerson("gus", {});
    await web(() => disablePerson(root, { id: gus.personId }));
    expect(await arrive({ subject: "sub-gus", email: gus.email, emailVerified: true })).toMatchObject({
      problem: "sso_not_bound",
    });
    expect(await kinds(gus.personId)).not.toContain("person.identity_bound");
  });
});

describe("a binding", () => {
  it("ends with the sessions that it opened, at once, and with no other", async () => {
    const hal = await world.addPerson("hal", {});
    await bind(hal.personId, "sub-hal");
    const token = await opened(arrive({ subject: "sub-hal" }));
    await web(() => unbindIdentity(root, { id: hal.personId }));
    expect(await web(() => findSession(token))).toBeNull();
    expect(await web(() => findSession(hal.token))).not.toBeNull();
    expect(await arrive({ subject: "sub-hal" })).toMatchObject({ problem: "sso_not_bound" });
    await expect(web(() => unbindIdentity(root, { id: hal.personId }))).rejects.toMatchObject({
      code: "conflict",
    });
    await bind(hal.personId, "sub-hal");
    await opened(arrive({ subject: "sub-hal" }));
    expect(await kinds(hal.personId)).toEqual([
      "person.identity_bound",
      "person.identity_unbound",
      "person.identity_bound",
    ]);
  });

  it("to another account ends the one before", async () => {
    const ian = await world.addPerson("ian", {});
    await bind(ian.personId, "sub-ian-1");
    const token = await opened(arrive({ subject: "sub-ian-1" }));
    await bind(ian.personId, "sub-ian-2");
    expect(await web(() => findSession(token))).toBeNull();
    expect(await arrive({ subject: "sub-ian-1" })).toMatchObject({ problem: "sso_not_bound" });
    await opened(arrive({ subject: "sub-ian-2" }));
    await expect(bind(ian.personId, "sub-ian-2")).rejects.toMatchObject({ code: "conflict" });
  });

  it("is one person's: of two at once, one is refused", async () => {
    const [jan, kim] = [await world.addPerson("jan", {}), await world.addPerson("kim", {})];
    const outcomes = await Promise.allSettled([
      bind(jan.personId, "sub-both"),
      bind(kim.personId, "sub-both"),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict" },
    });
  });

  it("is made and ended by administrators of the deployment, and by nobody for himself", async () => {
    const leo = await world.addPerson("leo", { bank: "admin" });
    await expect(bind(root.personId, "sub-leo", leo)).rejects.toMatchObject({ code: "forbidden" });
    await expect(web(() => unbindIdentity(leo, { id: root.personId }))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(web(() => getSignInOverview(leo))).rejects.toMatchObject({ code: "forbidden" });
    await expect(bind(root.personId, "sub-root")).rejects.toMatchObject({ code: "conflict" });
    await expect(bind("not an id", "sub-x")).rejects.toMatchObject({ code: "not_found" });
  });

  it("is never rewritten or deleted by the web process", async () => {
    const mia = await world.addPerson("mia", {});
    await bind(mia.personId, "sub-mia");
    for (const text of [
      "DELETE FROM person_identity",
      "UPDATE person_identity SET subject = 'sub-x'",
      "UPDATE session SET way = 'password'",
    ])
      await expect(world.sql("web", {}, text), text).rejects.toThrow(/permission denied/);
    await expect(
      world.sql("owner", {}, "UPDATE person_identity SET subject = 'sub-x' WHERE subject = 'sub-mia'"),
    ).rejects.toThrow(/is fixed/);
    for (const role of ["gateway", "worker", "signer"] as const)
      for (const table of ["person_identity", "refused_sign_in"])
        await expect(world.sql(role, {}, `SELECT 1 FROM ${table}`), `${role} ${table}`).rejects.toThrow(
          /permission denied/,
        );
  });
});

describe("passwords that are switched off", () => {
  const password = "correct horse battery staple";
  const enter = (email: string, given: string) =>
    web(() => signInByPassword({ email, password: given, address: null, userAgent: "test" }));

  it("sign in nobody, right or wrong; and again once they are on", async () => {
    const { email, personId } = await world.addPerson("nora", {});
    await giveCheapPassword(world, personId, password);
    vi.stubEnv("DOMICILE_PASSWORD_SIGN_IN", "off");
    for (const given of [password, "wrong"])
      expect(await enter(email, given)).toEqual({ kind: "refused", problem: "password_sign_in_off" });
    vi.stubEnv("DOMICILE_PASSWORD_SIGN_IN", "on");
    expect(await enter(email, "wrong")).toEqual({ kind: "refused", problem: "wrong_password" });
    const token = await opened(enter(email, password));
    expect(await web(() => findSession(token))).toMatchObject({ personId });
  });

  it("let in for an hour whom the operator lets in, by another password, and nobody else", async () => {
    vi.stubEnv("DOMICILE_PASSWORD_SIGN_IN", "off");
    const { personId } = await web(() =>
      createPerson(job, { email: "ops@example.com", name: "Ops", password, deploymentAdmin: true }),
    );
    const given = await web(() => letIn(job, { email: "ops@example.com" }));
    expect(await enter("ops@example.com", password)).toMatchObject({ problem: "wrong_password" });
    const token = await opened(enter("OPS@example.com", given.password));
    expect(await web(() => findSession(token))).toMatchObject({ personId });
    expect(await kinds(personId)).toContain("person.let_in");
    await world.sql("owner", {}, "UPDATE person SET password_until = now() WHERE id = $1", [personId]);
    expect(await enter("ops@example.com", given.password)).toMatchObject({ problem: "password_sign_in_off" });
    const someone = await world.addPerson("someone", { bank: "admin" });
    await expect(web(() => letIn(someone, { id: personId }))).rejects.toMatchObject({ code: "forbidden" });
  });
});
