import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { signInByIdentity } from "../services/identities/sign-in-by-identity.ts";
import { authenticatePerson } from "../services/people/authenticate-person.ts";
import { signInByPassword } from "../services/sessions/sign-in-by-password.ts";
import { createStoreWorld, type StoreWorld } from "../testing/store-world.ts";
import { wordsOf } from "./admin-words.ts";
import { adminRequest, carryOut } from "./carry-out.ts";

let world: StoreWorld;
beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("bank");
});
afterAll(() => world.drop());
afterEach(() => vi.unstubAllEnvs());

const email = "first@example.com";
const run = (request: object, typed = "") =>
  world.as("web", () => carryOut(adminRequest.parse(request), async () => typed));
const signIn = (password: string) =>
  world.as("web", () => authenticatePerson({ email, password, address: null }));

describe("npm run admin", () => {
  it("makes the first administrator of a deployment in which nobody is, under the role of the web process", async () => {
    expect(await run({ do: "list" })).toEqual(["Nobody may sign in yet."]);
    const lines = await run({ do: "create", email: "First@Example.com", name: "Ann", deploymentAdmin: true });
    const password = /^Password: (.+)$/m.exec(lines.join("\n"))?.[1] ?? "";
    expect(await signIn(password)).toMatchObject({ email });
    expect(await run({ do: "list" })).toEqual([`${email}  Ann, administrator of the deployment, 0 tenants`]);
  });

  it("makes a member, and gives him another role", async () => {
    await run({ do: "member", email, tenant: "bank", role: "officer" });
    expect(await run({ do: "member", email, tenant: "bank", role: "admin" })).toEqual([
      `${email} is admin of bank.`,
    ]);
    const rows = await world.sql("owner", {}, "SELECT role FROM membership WHERE ended_at IS NULL");
    expect(rows).toEqual([{ role: "admin" }]);
  });

  it("takes a password that is typed, and does not repeat it", async () => {
    const typed = "a password of my own";
    const lines = await run({ do: "reset-password", email, passwordStdin: true }, typed);
    expect(lines.join("\n")).not.toContain(typed);
    expect(await signIn(typed)).not.toBeNull();
    await expect(run({ do: "reset-password", email, passwordStdin: true }, "")).rejects.toThrow(/too short/);
  });

  it("says who administers the deployment", async () => {
    const other = "second@example.com";
    await run({ do: "create", email: other, name: "Bo" });
    const listed = async () => (await run({ do: "list" })).find((line) => line.startsWith(other));
    expect(await run({ do: "grant-admin", email: other })).toEqual([`${other} administers the deployment.`]);
    expect(await listed()).toContain("administrator of the deployment");
    await run({ do: "withdraw-admin", email: other });
    expect(await listed()).not.toContain("administrator of the deployment");
  });

  it("refuses in words: the last administrator, who is unknown, what is no address", async () => {
    const refused = async (request: object) => run(request).then(() => null, wordsOf);
    expect(await refused({ do: "disable", email })).toMatch(/last administrator of the deployment/);
    expect(await refused({ do: "withdraw-admin", email })).toMatch(/last administrator of the deployment/);
    expect(await refused({ do: "enable", email })).toMatch(/may sign in already/);
    expect(await refused({ do: "reset-second-factor", email })).toMatch(/has no second factor/);
    expect(await refused({ do: "disable", email: "nobody@example.com" })).toMatch(/no such person/);
    expect(await refused({ do: "member", email, tenant: "none", role: "admin" })).toMatch(/no such tenant/);
    expect(wordsOf(adminRequest.safeParse({ do: "enable", email: "nobody" }).error)).toBe(
      "--email: An e-mail address such as ann@example.com.",
    );
  });

  it("binds the account of the identity provider that was refused, ends that, and lets in without it", async () => {
    expect(await run({ do: "refused" })).toEqual([
      "Nobody came from the identity provider who is bound to nobody.",
    ]);
    const issuer = "https://id.example";
    vi.stubEnv("DOMICILE_OIDC_ISSUER", issuer);
    vi.stubEnv("DOMICILE_OIDC_CLIENT_ID", "domicile");
    vi.stubEnv("DOMICILE_OIDC_CLIENT_SECRET", "of a test");
    vi.stubEnv("DOMICILE_PASSWORD_SIGN_IN", "off");
    const arrive = () =>
      world.as("web", () =>
        signInByIdentity(
          { issuer, subject: "a1", email: "x@id.example", emailVerified: false, shownAt: null },
          { userAgent: "test" },
        ),
      );
    expect(await arrive()).toMatchObject({ kind: "refused" });
    const [line] = await run({ do: "refused" });
    expect(line).toMatch(/^a1 {2}x@id\.example \(not verified\), last at /);
    await run({ do: "bind", email, subject: "a1" });
    expect(await arrive()).toMatchObject({ kind: "opened" });
    await run({ do: "unbind", email });
    expect(await arrive()).toMatchObject({ kind: "refused" });
    const lines = await run({ do: "let-in", email });
    const password = /^Password: (.+)$/m.exec(lines.join("\n"))?.[1] ?? "";
    expect(lines.join("\n")).toContain("/login?way=password");
    expect(
      await world.as("web", () => signInByPassword({ email, password, address: null, userAgent: "test" })),
    ).toMatchObject({ kind: "opened" });
  });

  it("leaves events by its name in the deployment's own log and the tenant's", async () => {
    const [{ id } = { id: "" }] = await world.sql<{ id: string }>("owner", {}, "SELECT id FROM tenant");
    const of = (table: string, like: string) =>
      world.sql(
        "owner",
        { read: [id] },
        `SELECT kind, actor_id FROM ${table} WHERE kind LIKE $1 ORDER BY at, ledger_index`,
        [like],
      );
    expect(await of("system_event", "person.%")).toEqual([
      { kind: "person.created", actor_id: "npm run admin" },
      { kind: "person.password_reset", actor_id: "npm run admin" },
      { kind: "person.created", actor_id: "npm run admin" },
      { kind: "person.administration_granted", actor_id: "npm run admin" },
      { kind: "person.administration_withdrawn", actor_id: "npm run admin" },
      { kind: "person.identity_bound", actor_id: "npm run admin" },
      { kind: "person.identity_unbound", actor_id: "npm run admin" },
      { kind: "person.let_in", actor_id: "npm run admin" },
    ]);
    expect(await of("audit_event", "membership.%")).toEqual([
      { kind: "membership.created", actor_id: "npm run admin" },
      { kind: "membership.role_changed", actor_id: "npm run admin" },
    ]);
  });
});
