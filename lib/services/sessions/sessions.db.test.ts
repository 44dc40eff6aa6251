import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../../scripts/database/client.ts";
import { giveCheapPassword } from "../../testing/cheap-password.ts";
import { createStoreWorld, job, type StoreWorld } from "../../testing/store-world.ts";
import { authenticatePerson } from "../people/authenticate-person.ts";
import { createPerson } from "../people/create-person.ts";
import { findSession } from "./find-session.ts";
import { listSessions } from "./list-sessions.ts";
import { openSession } from "./open-session.ts";
import { revokeSession } from "./revoke-session.ts";

let world: StoreWorld;
beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("bank");
  await world.addTenant("other");
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const age = (sessionId: string, column: "last_seen_at" | "created_at", by: string) =>
  withClient(world.database.ownerUrl, async (client) => {
    await client.query("ALTER TABLE session DISABLE TRIGGER fixed");
    await client.query(`UPDATE session SET ${column} = now() - $2::interval WHERE id = $1`, [sessionId, by]);
    await client.query("ALTER TABLE session ENABLE TRIGGER fixed");
  });

describe("a session", () => {
  it("is not kept alive by what a timer asks while nobody is there", async () => {
    const away = await world.addPerson("ava", {});
    await age(away.sessionId, "last_seen_at", "20 minutes");
    expect(await web(() => findSession(away.token, { unattended: true }))).not.toBeNull();
    const seen = await withClient(world.database.ownerUrl, (client) =>
      client.query("SELECT last_seen_at < now() - interval '19 minutes' AS old FROM session WHERE id = $1", [
        away.sessionId,
      ]),
    );
    expect(seen.rows).toEqual([{ old: true }]);
  });

  it("is found by its token, with the roles of now", async () => {
    const { token, ...actor } = await world.addPerson("ann", { bank: "officer" });
    expect(await web(() => findSession(token))).toEqual(actor);
    expect(actor.memberships).toMatchObject([{ slug: "bank", role: "officer" }]);
  });

  it("is not found by anything else", async () => {
    const { token, sessionId } = await world.addPerson("ben", {});
    for (const wrong of [sessionId, "", `${token}x`, token.slice(1), "a".repeat(43)])
      expect(await web(() => findSession(wrong)), wrong).toBeNull();
    const rows = await withClient(world.database.ownerUrl, (client) => client.query("SELECT * FROM session"));
    expect(JSON.stringify(rows.rows)).not.toContain(token);
  });

  it("is refused from the moment it is revoked", async () => {
    const actor = await world.addPerson("cem", { bank: "developer" });
    await web(() => revokeSession(actor, actor.sessionId));
    expect(await web(() => findSession(actor.token))).toBeNull();
  });

  it("ends after half an hour without use, and after twelve hours in any case", async () => {
    const idle = await world.addPerson("ida", {});
    await age(idle.sessionId, "last_seen_at", "31 minutes");
    expect(await web(() => findSession(idle.token))).toBeNull();
    const old = await world.addPerson("olaf", {});
    await age(old.sessionId, "created_at", "12 hours 1 second");
    expect(await web(() => findSession(old.token))).toBeNull();
    const used = await world.addPerson("uta", {});
    await age(used.sessionId, "last_seen_at", "29 minutes");
    expect(await web(() => findSession(used.token))).not.toBeNull();
    await age(used.sessionId, "created_at", "11 hours");
    expect(await web(() => findSession(used.token))).not.toBeNull();
  });

  it("can be ended by its owner and by an admin of his tenant, and by nobody else", async () => {
    const officer = await world.addPerson("otto", { bank: "officer" });
    const auditor = await world.addPerson("aud", { bank: "auditor" });
    const foreign = await world.addPerson("fay", { other: "admin" });
    const admin = await world.addPerson("adm", { bank: "admin" });
    for (const actor of [auditor, foreign])
      await web(() =>
        expect(revokeSession(actor, officer.sessionId)).rejects.toMatchObject({ code: "not_found" }),
      );
    expect((await web(() => listSessions(auditor))).map(({ id }) => id)).toEqual([auditor.sessionId]);
    expect((await web(() => listSessions(admin))).map(({ id }) => id)).toContain(officer.sessionId);
    await web(() => revokeSession(admin, officer.sessionId));
    expect(await web(() => findSession(officer.token))).toBeNull();
  });
});

describe("signing out", () => {
  it("ends one's session also where more than a list shows are used later than it", async () => {
    const admin = await world.addPerson("ute", { bank: "admin" });
    const { personId } = await world.addPerson("many", { bank: "officer" });
    await world.sql(
      "owner",
      {},
      `INSERT INTO session (id, person_id, token_hash, user_agent, way, created_at, last_seen_at)
         SELECT gen_random_uuid(), $1, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 'test', 'password', now(),
                now() + interval '1 minute'
           FROM generate_series(1, 201)`,
      [personId],
    );
    await web(() => revokeSession(admin, admin.sessionId));
    expect(await web(() => findSession(admin.token))).toBeNull();
    await world.sql("owner", {}, "UPDATE session SET revoked_at = now() WHERE person_id = $1", [personId]);
  });

  it("of what is no session is refused", async () => {
    const admin = await world.addPerson("uwe", { bank: "admin" });
    await web(() => expect(revokeSession(admin, "x")).rejects.toMatchObject({ code: "not_found" }));
  });
});

describe("authenticatePerson", () => {
  const password = "correct horse battery staple";
  const signIn = (email: string, given: string, address: string | null = null) =>
    web(() => authenticatePerson({ email, password: given, address }));
  beforeAll(async () => {
    for (const name of ["vera", "willi"])
      await web(() =>
        createPerson(job, { email: `${name}@Example.com`, name, password, deploymentAdmin: false }),
      );
  });

  it("knows a person by name and password, the name in any case", async () => {
    expect(await signIn(" VERA@example.com ", password)).toMatchObject({
      email: "vera@example.com",
      name: "vera",
    });
  });

  it("says null for a wrong password and for nobody, without saying which", async () => {
    expect(await signIn("vera@example.com", "wrong")).toBeNull();
    expect(await signIn("nobody@example.com", password)).toBeNull();
  });

  it("stops answering for a name after ten failures, also to the right password, and for no other name", async () => {
    expect(await signIn("willi@example.com", "wrong")).toBeNull();
    // Each attempt is slow on purpose, so the ones between are counted by hand.
    await withClient(world.database.ownerUrl, (client) =>
      client.query("UPDATE login_throttle SET failures = 9 WHERE failures = 1"),
    );
    expect(await signIn("willi@example.com", "wrong")).toBeNull();
    await expect(signIn("willi@example.com", password)).rejects.toMatchObject({ code: "too_many_attempts" });
    expect(await signIn("vera@example.com", password)).not.toBeNull();
  });

  it("looks at ten passwords of those that are tried at once, and at no more", async () => {
    const { email, personId } = await world.addPerson("zoe", {});
    await giveCheapPassword(world, personId, password);
    const guesses = await web(() =>
      Promise.allSettled(
        Array.from({ length: 24 }, (_, n) =>
          authenticatePerson({ email, password: `guess ${n}`, address: "192.0.2.1" }),
        ),
      ),
    );
    expect(guesses.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    await expect(signIn(email, password)).rejects.toMatchObject({ code: "too_many_attempts" });
    // What was refused was no guess: the address has ten failures, and the right password takes none of them away.
    expect(await signIn("vera@example.com", password, "192.0.2.1")).not.toBeNull();
    const counts = await withClient(world.database.ownerUrl, (client) =>
      client.query("SELECT failures FROM login_throttle WHERE failures > 1 ORDER BY failures"),
    );
    expect(counts.rows.filter(({ failures }) => failures === 10).length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...counts.rows.map(({ failures }) => failures))).toBe(10);
  });

  it.each([
    ["an address", "192.0.2.2", "::ffff:192.0.2.2", "192.0.2.3"],
    ["a network of IPv6", "2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"],
  ])("refuses %s after a hundred failures, whatever the name", async (_what, address, same, another) => {
    const { email, personId } = await world.addPerson("yara", {});
    await giveCheapPassword(world, personId, password);
    expect(await signIn(`nobody-${address}@example.com`, "wrong", address)).toBeNull();
    await withClient(world.database.ownerUrl, (client) =>
      client.query("UPDATE login_throttle SET failures = 100 WHERE failures = 1"),
    );
    await expect(signIn(email, password, same)).rejects.toMatchObject({ code: "too_many_attempts" });
    expect(await signIn(email, password, another)).not.toBeNull();
  });

  it("signs in nobody who is disabled", async () => {
    await web(() =>
      createPerson(job, { email: "gone@example.com", name: "gone", password, deploymentAdmin: false }),
    );
    const found = await signIn("gone@example.com", password);
    const { token } = await web(() =>
      openSession({ personId: found?.personId ?? "", userAgent: "test", way: "password" }),
    );
    await withClient(world.database.ownerUrl, (client) =>
      client.query("UPDATE person SET disabled_at = now() WHERE email = 'gone@example.com'"),
    );
    expect(await web(() => findSession(token))).toBeNull();
    expect(await signIn("gone@example.com", password)).toBeNull();
  });
});
