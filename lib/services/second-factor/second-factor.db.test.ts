import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Role } from "../../core/access/role.ts";
import { authenticatorCode } from "../../testing/authenticator.ts";
import { giveCheapPassword } from "../../testing/cheap-password.ts";
import { createStoreWorld, type StoreWorld } from "../../testing/store-world.ts";
import { getOwnSignIn } from "../identities/get-own-sign-in.ts";
import { getSignInOverview } from "../identities/get-sign-in-overview.ts";
import { findSession, type PersonActor } from "../sessions/find-session.ts";
import { openSession } from "../sessions/open-session.ts";
import { signInByPassword } from "../sessions/sign-in-by-password.ts";
import { beginSecondFactor } from "./begin-second-factor.ts";
import { confirmSecondFactor } from "./confirm-second-factor.ts";
import { removeSecondFactor } from "./remove-second-factor.ts";
import { resetSecondFactor } from "./reset-second-factor.ts";

const password = "correct horse battery staple";
let world: StoreWorld;
let root: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("bank");
  root = await world.addPerson("root", {});
});
afterAll(() => world.drop());
afterEach(() => vi.unstubAllEnvs());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
type Somebody = PersonActor & { token: string };

async function somebody(name: string, memberships: Readonly<Record<string, Role>> = {}): Promise<Somebody> {
  const person = await world.addPerson(name, memberships);
  await giveCheapPassword(world, person.personId, password);
  return person;
}

async function enrolled(name: string) {
  const person = await somebody(name);
  const { secret } = await web(() => beginSecondFactor(person, { present: password }));
  const { recoveryCodes } = await web(() => confirmSecondFactor(person, { code: authenticatorCode(secret) }));
  return { person, secret, recoveryCodes };
}

const enter = (email: string, code?: string, given = password) =>
  web(() => signInByPassword({ email, password: given, code, address: null, userAgent: "test" }));
/** As if no code had been taken yet: nobody waits half a minute here. */
const forgetSteps = () => world.sql("owner", {}, "UPDATE second_factor SET last_step = 0");
const failuresMax = async () =>
  (
    await world.sql<{ most: number }>(
      "owner",
      {},
      "SELECT coalesce(max(failures), 0) AS most FROM login_throttle",
    )
  )[0]?.most;

describe("a second factor", () => {
  it("counts from its first code on: after the password a code is asked for, and opens a session that says so", async () => {
    const person = await somebody("ann");
    const before = await web(() =>
      openSession({ personId: person.personId, userAgent: "other", way: "password" }),
    );
    const begun = await web(() => beginSecondFactor(person, { present: password }));
    expect(begun.uri).toContain(begun.secret);
    // Begun is not enrolled: nobody is locked out by a picture that was never scanned.
    expect(await enter(person.email)).toMatchObject({ kind: "opened" });
    await expect(web(() => confirmSecondFactor(person, { code: "000 000" }))).rejects.toMatchObject({
      fields: [{ field: "code" }],
    });
    await web(() => confirmSecondFactor(person, { code: authenticatorCode(begun.secret) }));
    expect(await web(() => findSession(before.token)), "opened without it").toBeNull();
    expect(await web(() => findSession(person.token))).not.toBeNull();

    expect(await enter(person.email)).toEqual({ kind: "refused", problem: "code_required" });
    expect(await enter(person.email, "123456", "wrong")).toEqual({
      kind: "refused",
      problem: "wrong_password",
    });
    expect(await enter(person.email, "not a code")).toEqual({ kind: "refused", problem: "code_wrong" });
    const opened = await enter(person.email, authenticatorCode(begun.secret, 1));
    expect(opened).toMatchObject({ kind: "opened" });
    const ways = await world.sql<{ way: string }>(
      "owner",
      {},
      "SELECT way FROM session WHERE person_id = $1 ORDER BY created_at DESC LIMIT 1",
      [person.personId],
    );
    expect(ways).toEqual([{ way: "password_and_code" }]);
    expect(await web(() => getOwnSignIn(person))).toMatchObject({ secondFactor: { recoveryCodesLeft: 10 } });
    const { people } = await web(() => getSignInOverview(root));
    expect(people.find(({ personId }) => personId === person.personId)).toMatchObject({
      hasSecondFactor: true,
    });
  });

  it("takes a code once, and none of an earlier step after it; of two at once one", async () => {
    const { person, secret } = await enrolled("ben");
    expect(
      await enter(person.email, authenticatorCode(secret)),
      "the one it was enrolled with",
    ).toMatchObject({
      problem: "code_wrong",
    });
    const next = authenticatorCode(secret, 1);
    expect(await enter(person.email, next)).toMatchObject({ kind: "opened" });
    expect(await enter(person.email, next)).toMatchObject({ problem: "code_wrong" });
    await forgetSteps();
    const both = await Promise.all([enter(person.email, next), enter(person.email, next)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["opened", "refused"]);
  });

  it("is stood in for by each recovery code once, however it is typed", async () => {
    const { person, recoveryCodes } = await enrolled("cem");
    expect(new Set(recoveryCodes).size).toBe(10);
    const [one = "", two = ""] = recoveryCodes;
    expect(await enter(person.email, one)).toMatchObject({ kind: "opened" });
    expect(await enter(person.email, one)).toMatchObject({ problem: "code_wrong" });
    expect(await enter(person.email, ` ${two.replaceAll("-", " ").toUpperCase()}`)).toMatchObject({
      kind: "opened",
    });
    expect(await web(() => getOwnSignIn(person))).toMatchObject({ secondFactor: { recoveryCodesLeft: 8 } });
    const other = await enrolled("dan");
    expect(await enter(other.person.email, recoveryCodes[2])).toMatchObject({ problem: "code_wrong" });
  });

  it("is kept sealed, and recovery codes as hashes", async () => {
    const { secret, recoveryCodes } = await enrolled("eva");
    const rows = JSON.stringify([
      await world.sql("owner", {}, "SELECT encode(sealed, 'escape') FROM second_factor"),
      await world.sql("owner", {}, "SELECT encode(hash, 'escape') FROM recovery_code"),
      await world.sql("owner", {}, "SELECT * FROM system_event"),
    ]);
    expect(rows).not.toContain(secret);
    for (const code of recoveryCodes) expect(rows).not.toContain(code);
    for (const role of ["gateway", "worker", "signer"] as const)
      for (const table of ["second_factor", "recovery_code"])
        await expect(world.sql(role, {}, `SELECT 1 FROM ${table}`), `${role} ${table}`).rejects.toThrow(
          /permission denied/,
        );
  });

  it("is guessed at ten times, as a password is, and the password alone begins nothing anew", async () => {
    const { person, secret } = await enrolled("fay");
    await world.sql("owner", {}, "DELETE FROM login_throttle");
    for (let guess = 0; guess < 9; guess++) await enter(person.email, "000000");
    const failures = await failuresMax();
    expect(failures).toBe(9);
    expect(await enter(person.email)).toMatchObject({ problem: "code_required" });
    expect(await failuresMax(), "the right password takes nothing back").toBe(failures);
    expect(await enter(person.email, "000000")).toMatchObject({ problem: "code_wrong" });
    expect(await enter(person.email, authenticatorCode(secret, 1))).toMatchObject({
      problem: "too_many_attempts",
    });
    await world.sql("owner", {}, "DELETE FROM login_throttle");
  });

  it("is guessed at no more often in an open browser, by who knows the password", async () => {
    const { person, secret } = await enrolled("gil");
    await world.sql("owner", {}, "DELETE FROM login_throttle");
    const remove = (code: string) => web(() => removeSecondFactor(person, { present: password, code }));
    for (let guess = 0; guess < 10; guess++)
      await expect(remove("not a code")).rejects.toMatchObject({ fields: [{ field: "code" }] });
    await expect(remove(authenticatorCode(secret, 1))).rejects.toMatchObject({ code: "too_many_attempts" });
    await world.sql("owner", {}, "DELETE FROM login_throttle");
  });

  it("cannot be passed by whoever opens a session without looking", async () => {
    const { person } = await enrolled("gus");
    await expect(
      web(() => openSession({ personId: person.personId, userAgent: "test", way: "password" })),
    ).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

describe("enrolling and removing", () => {
  it("take the present password, and removing a code of it", async () => {
    const person = await somebody("hal");
    await expect(web(() => beginSecondFactor(person, { present: "wrong" }))).rejects.toMatchObject({
      fields: [{ field: "present" }],
    });
    await expect(web(() => confirmSecondFactor(person, { code: "123456" }))).rejects.toMatchObject({
      code: "conflict",
    });
    const { secret } = await web(() => beginSecondFactor(person, { present: password }));
    await web(() => confirmSecondFactor(person, { code: authenticatorCode(secret) }));
    await expect(web(() => beginSecondFactor(person, { present: password }))).rejects.toMatchObject({
      code: "conflict",
    });
    const code = authenticatorCode(secret, 1);
    await expect(web(() => removeSecondFactor(person, { present: "wrong", code }))).rejects.toMatchObject({
      fields: [{ field: "present" }],
    });
    await expect(
      web(() => removeSecondFactor(person, { present: password, code: "000000" })),
    ).rejects.toMatchObject({ fields: [{ field: "code" }] });
    await web(() => removeSecondFactor(person, { present: password, code }));
    expect(await enter(person.email)).toMatchObject({ kind: "opened" });
    const kinds = await world.sql<{ kind: string }>(
      "owner",
      {},
      "SELECT kind FROM system_event WHERE subject = $1 ORDER BY at, ledger_index",
      [person.personId],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual([
      "person.second_factor_begun",
      "person.second_factor_enrolled",
      "person.second_factor_removed",
    ]);
  });

  it("of another is an administrator's: it ends sessions, and is for nobody himself", async () => {
    const { person, recoveryCodes } = await enrolled("ida");
    const leo = await world.addPerson("leo", { bank: "admin" });
    await expect(web(() => resetSecondFactor(leo, { id: person.personId }))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(web(() => resetSecondFactor(root, { id: root.personId }))).rejects.toMatchObject({
      code: "conflict",
    });
    await web(() => resetSecondFactor(root, { id: person.personId }));
    expect(await web(() => findSession(person.token))).toBeNull();
    expect(await enter(person.email, recoveryCodes[0])).toMatchObject({ kind: "opened" });
    const used = await world.sql("owner", {}, "SELECT 1 FROM recovery_code WHERE used_at IS NOT NULL");
    expect(used.length, "what has ended uses nothing up").toBe(
      (
        await world.sql(
          "owner",
          {},
          "SELECT 1 FROM recovery_code r JOIN second_factor f ON f.id = r.factor_id WHERE r.used_at IS NOT NULL AND f.person_id <> $1",
          [person.personId],
        )
      ).length,
    );
  });
});

describe("a second factor that is demanded", () => {
  const may = ({ token }: { token: string }, beforeSecondFactor = false) =>
    web(() => findSession(token, { beforeSecondFactor }));

  it("lets nobody do anything who has none, but enrol one", async () => {
    const jan = await somebody("jan", { bank: "auditor" });
    expect(await may(jan)).not.toBeNull();
    vi.stubEnv("DOMICILE_SECOND_FACTOR", "all");
    expect(await may(jan)).toBeNull();
    expect(await may(jan, true)).toMatchObject({ personId: jan.personId });
    const { secret } = await web(() => beginSecondFactor(jan, { present: password }));
    expect(await may(jan), "begun is not enrolled").toBeNull();
    await web(() => confirmSecondFactor(jan, { code: authenticatorCode(secret) }));
    expect(await may(jan)).not.toBeNull();
    await web(() => removeSecondFactor(jan, { present: password, code: authenticatorCode(secret, 1) }));
    expect(await may(jan)).toBeNull();
  });

  it("of administrators asks those of the deployment and of tenants, and nobody else", async () => {
    vi.stubEnv("DOMICILE_SECOND_FACTOR", "admins");
    const demanded = async (name: string, memberships: Readonly<Record<string, Role>>) => {
      const person = await world.addPerson(name, memberships).catch(() => null);
      return person === null;
    };
    // Who may do nothing yet is not found, so that the world cannot hand him out.
    expect(await demanded("root", {})).toBe(true);
    expect(await demanded("kim", { bank: "admin" })).toBe(true);
    expect(await demanded("lou", { bank: "officer" })).toBe(false);
    expect(await demanded("mia", {})).toBe(false);
  });

  it("is not asked of who came by single sign-on", async () => {
    const nora = await somebody("nora");
    const [identity] = await world.sql<{ id: string }>(
      "owner",
      {},
      `INSERT INTO person_identity (id, person_id, issuer, subject, bound_by)
         VALUES (gen_random_uuid(), $1, 'https://id.example', 'n1', 'administrator') RETURNING id`,
      [nora.personId],
    );
    vi.stubEnv("DOMICILE_SECOND_FACTOR", "all");
    const { token } = await web(() =>
      openSession({
        personId: nora.personId,
        userAgent: "test",
        way: "single_sign_on",
        identityId: identity?.id,
      }),
    );
    expect(await may({ token })).not.toBeNull();
    expect(await may(nora)).toBeNull();
  });
});
