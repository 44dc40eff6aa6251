import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDestinationInput } from "../../contracts/alerts.ts";
import { authenticatorCode } from "../../testing/authenticator.ts";
import { giveCheapPassword } from "../../testing/cheap-password.ts";
import { createStoreWorld, job, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { changeDestination, pauseDestination, removeDestination } from "../alerts/change-destination.ts";
import { createDestination } from "../alerts/create-destination.ts";
import { bindIdentity } from "../identities/bind-identity.ts";
import type { IdentityClaims } from "../identities/claims.ts";
import { signInByIdentity } from "../identities/sign-in-by-identity.ts";
import { createKey } from "../keys/create-key.ts";
import { grantAdministration } from "../people/grant-administration.ts";
import { linkReport } from "../reports/link-report.ts";
import { beginSecondFactor } from "../second-factor/begin-second-factor.ts";
import { confirmSecondFactor } from "../second-factor/confirm-second-factor.ts";
import { findSession, type PersonActor } from "../sessions/find-session.ts";
import { recordExport } from "../trail/record-export.ts";
import { confirmByIdentity } from "./confirm-by-identity.ts";
import { confirmOneself } from "./confirm-session.ts";
import { dangerousEvents } from "./demand-confirmed.ts";
import { getConfirmation } from "./get-confirmation.ts";

const password = "correct horse battery staple";
const issuer = "https://id.example";
let world: StoreWorld;
let bank: StoreTenant;
let root: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  root = { ...(await world.addPerson("root", {})), deploymentAdmin: true };
});
afterAll(() => world.drop());
afterEach(() => vi.unstubAllEnvs());

const web = <T>(action: () => Promise<T>) => world.as("web", action);

type Somebody = PersonActor & { token: string };
async function somebody(name: string): Promise<Somebody> {
  const person = await world.addPerson(name, { bank: "admin" });
  await giveCheapPassword(world, person.personId, password);
  return person;
}

/** As findSession sees him once he has shown nothing for so long. */
async function later({ token, sessionId }: Somebody, by: string): Promise<Somebody> {
  await world.sql("owner", {}, "UPDATE session SET confirmed_at = now() - $2::interval WHERE id = $1", [
    sessionId,
    by,
  ]);
  return again(token);
}
async function again(token: string): Promise<Somebody> {
  const found = await web(() => findSession(token));
  if (!found) throw new Error("The session is gone.");
  return { ...found, token };
}

const key = { tenant: "bank", kind: "gateway", application: "loan-desk", environment: "production" } as const;
const makeKey = (actor: PersonActor, name: string) =>
  web(() => createKey(actor, { ...key, name, target: "policy" } as never));
const required = { code: "confirmation_required" };
const keysNamed = (name: string) =>
  world.sql("owner", { read: [bank.id] }, "SELECT name FROM gateway_key WHERE name = $1", [name]);

describe("what is dangerous", () => {
  it("may be done by who has just signed in, and no longer once that is a while ago; nothing is done then", async () => {
    const ann = await somebody("ann");
    await makeKey(ann, "fresh");
    expect(await keysNamed("fresh")).toHaveLength(1);
    const nearly = await later(ann, "14 minutes 50 seconds");
    await makeKey(nearly, "nearly");
    const old = await later(ann, "15 minutes");
    await expect(makeKey(old, "old")).rejects.toMatchObject(required);
    expect(await keysNamed("old")).toEqual([]);
    const never = { ...old, confirmedAt: null };
    await expect(makeKey(never, "never")).rejects.toMatchObject(required);
  });

  it("is also what leaves no event by itself, and what belongs to the deployment", async () => {
    const old = await later(await somebody("ben"), "1 hour");
    await expect(
      web(() =>
        recordExport(old, {
          tenant: "bank",
          what: "calls" as never,
          object: "x",
          filter: null,
          rows: 1,
          bytes: null,
          sha256: null,
        }),
      ),
    ).rejects.toMatchObject(required);
    await expect(web(() => linkReport(old, { id: root.personId, part: "pack" }))).rejects.toMatchObject({
      code: "not_found",
    });
    const admin = { ...old, deploymentAdmin: true };
    await expect(web(() => grantAdministration(admin, { id: root.personId }))).rejects.toMatchObject(
      required,
    );
  });

  it("is also to lead away, or to silence, what tells of a breach", async () => {
    const ann = await somebody("amy");
    const destination = { tenant: "bank", name: "Desk", kind: "webhook", country: "DE" };
    const input = createDestinationInput.parse({
      ...destination,
      address: "https://receiver.example/alerts",
    });
    const { id } = await web(() => createDestination(ann, input));
    const which = { tenant: "bank", id };
    const old = await later(ann, "1 hour");
    const change = { ...which, ...input, address: "https://another.example/alerts" };
    for (const act of [
      () => createDestination(old, input),
      () => changeDestination(old, change),
      () => pauseDestination(old, which),
      () => removeDestination(old, which),
    ])
      await expect(web<unknown>(act)).rejects.toMatchObject(required);
    expect(
      await world.sql("owner", { read: [bank.id] }, "SELECT address, paused_at FROM alert_destination"),
    ).toEqual([{ address: input.address, paused_at: null }]);
  });

  it("takes a role first: who may not do it is not asked who he is", async () => {
    const old = { ...(await later(await somebody("cem"), "1 hour")), memberships: [] };
    await expect(makeKey(old, "foreign")).rejects.toMatchObject({ code: "not_found" });
  });

  it("is done by jobs as ever, and by anybody where the operator wants it so", async () => {
    await makeKey(job as never, "job");
    const old = await later(await somebody("dan"), "10 hours");
    vi.stubEnv("DOMICILE_CONFIRM_MINUTES", "off");
    await makeKey(old, "off");
    expect(await web(() => getConfirmation(old))).toMatchObject({ isNeeded: false });
    vi.stubEnv("DOMICILE_CONFIRM_MINUTES", "1");
    await expect(makeKey(await later(old, "61 seconds"), "one")).rejects.toMatchObject(required);
  });

  it("is named as some verb names its event", () => {
    const folder = path.resolve(import.meta.dirname, "..");
    const sources = (readdirSync(folder, { recursive: true }) as string[])
      .filter(
        (name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.includes("demand-confirmed"),
      )
      .map((name) => readFileSync(path.join(folder, name), "utf8"));
    const unknown = [...dangerousEvents].filter(
      (event) => !sources.some((text) => text.includes(`"${event}"`)),
    );
    expect(unknown).toEqual([]);
  });
});

describe("showing who one is", () => {
  it("goes by the password, and the same session goes on", async () => {
    const old = await later(await somebody("eva"), "1 hour");
    expect(await web(() => getConfirmation(old))).toEqual({
      isNeeded: true,
      way: "password",
      provider: null,
    });
    await expect(web(() => confirmOneself(old, { present: "wrong", code: "" }))).rejects.toMatchObject({
      fields: [{ field: "present" }],
    });
    await expect(makeKey(await again(old.token), "still old")).rejects.toMatchObject(required);
    await web(() => confirmOneself(old, { present: password, code: "" }));
    const now = await again(old.token);
    expect(now.sessionId).toBe(old.sessionId);
    await makeKey(now, "again");
    const events = await world.sql(
      "owner",
      {},
      "SELECT detail FROM system_event WHERE kind = 'session.confirmed' AND subject = $1",
      [old.sessionId],
    );
    expect(events).toEqual([{ detail: { personId: old.personId, way: "password" } }]);
  });

  it("goes by a code alone where there is a second factor: a browser knows the password", async () => {
    const person = await somebody("fay");
    const { secret } = await web(() => beginSecondFactor(person, { present: password }));
    await web(() => confirmSecondFactor(person, { code: authenticatorCode(secret) }));
    await world.sql("owner", {}, "UPDATE second_factor SET last_step = 0");
    const old = await later(person, "1 hour");
    expect(await web(() => getConfirmation(old))).toMatchObject({ way: "code" });
    await expect(web(() => confirmOneself(old, { present: password, code: "" }))).rejects.toMatchObject({
      fields: [{ field: "code" }],
    });
    await web(() => confirmOneself(old, { present: "", code: authenticatorCode(secret) }));
    await makeKey(await again(old.token), "by code");
  });

  it("is no way to try passwords: wrong ones count as failed sign-ins", async () => {
    const old = await later(await somebody("gus"), "1 hour");
    const guess = () => web(() => confirmOneself(old, { present: "wrong", code: "" }));
    for (let n = 0; n < 10; n++) await expect(guess()).rejects.toMatchObject({ code: "invalid_input" });
    await expect(guess()).rejects.toMatchObject({ code: "too_many_attempts" });
  });
});

describe("who came by single sign-on", () => {
  const claims = (subject: string, shownAt: Date | null): IdentityClaims => ({
    issuer,
    subject,
    email: null,
    emailVerified: false,
    shownAt,
  });
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
  const withProvider = () => {
    vi.stubEnv("DOMICILE_OIDC_ISSUER", issuer);
    vi.stubEnv("DOMICILE_OIDC_CLIENT_ID", "domicile");
    vi.stubEnv("DOMICILE_OIDC_CLIENT_SECRET", "of a test");
    vi.stubEnv("DOMICILE_OIDC_NAME", "Bank ID");
  };
  async function arrived(name: string, shownAt: Date | null): Promise<Somebody> {
    const person = await somebody(name);
    await web(() => bindIdentity(root, { who: { id: person.personId }, subject: name }));
    const outcome = await web(() => signInByIdentity(claims(name, shownAt), { userAgent: "test" }));
    if (outcome.kind !== "opened") throw new Error(outcome.problem);
    return again(outcome.token);
  }

  it("has confirmed it by that only as far as the provider says when it asked him", async () => {
    withProvider();
    await makeKey(await arrived("hal", ago(30)), "asked");
    await expect(makeKey(await arrived("ian", ago(3_600)), "asked long ago")).rejects.toMatchObject(required);
    await expect(makeKey(await arrived("joy", null), "not said")).rejects.toMatchObject(required);
    // A clock that is ahead confirms nobody for longer.
    expect((await arrived("kim", ago(-7_200))).confirmedAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("shows it there, just now and as the same person, and by nothing else", async () => {
    withProvider();
    const old = await arrived("lea", ago(3_600));
    await arrived("max", ago(1));
    expect(await web(() => getConfirmation(old))).toEqual({
      isNeeded: true,
      way: "single_sign_on",
      provider: "Bank ID",
    });
    await expect(web(() => confirmOneself(old, { present: password, code: "" }))).rejects.toMatchObject({
      code: "conflict",
    });
    const shown = (given: IdentityClaims) => web(() => confirmByIdentity(old, given));
    expect(await shown(claims("lea", null))).toBe("sso_not_confirmed");
    expect(await shown(claims("lea", ago(301)))).toBe("sso_not_confirmed");
    expect(await shown(claims("lea", ago(-120)))).toBe("sso_not_confirmed");
    expect(await shown(claims("max", ago(1)))).toBe("sso_other_person");
    expect(await shown(claims("nobody", ago(1)))).toBe("sso_other_person");
    expect(await shown({ ...claims("lea", ago(1)), issuer: "https://other.example" })).toBe("sso_failed");
    await expect(makeKey(await again(old.token), "still")).rejects.toMatchObject(required);
    expect(await shown(claims("lea", ago(1)))).toBeNull();
    await makeKey(await again(old.token), "shown");
  });
});
