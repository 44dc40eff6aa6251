import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDestinationInput } from "../../contracts/alerts.ts";
import { authenticatorCode } from "../../testing/authenticator.ts";
import { giveCheapPassword } from "../../testing/cheap-password.ts";
import { createStoreWorld, job, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { addAccount } from "../accounts/add-account.ts";
import { openAccount } from "../accounts/open-account.ts";
import { createDestination } from "../alerts/create-destination.ts";
import { createCredential } from "../credentials/create-credential.ts";
import { loadTenantConfig } from "../gateway-config/load-tenant-config.ts";
import { sealPart } from "../imports/part-seal.ts";
import { hashKey } from "../keys/key-format.ts";
import { beginSecondFactor } from "../second-factor/begin-second-factor.ts";
import { checkSecondFactor } from "../second-factor/check-second-factor.ts";
import { confirmSecondFactor } from "../second-factor/confirm-second-factor.ts";
import { deriveKey } from "../secrets/derive-key.ts";
import { openSecret, sealSecret } from "../secrets/seal-secret.ts";
import { checkMasterKey, MasterKeyMismatch } from "./check-master-key.ts";
import { rotateMasterKey } from "./rotate-master-key.ts";

const password = "correct horse battery staple";
const keys = ["first", "second", "third"].map((name) =>
  Buffer.from(name.padEnd(32, ".")).toString("base64url"),
);
const [first, second, third] = keys as [string, string, string];
let world: StoreWorld;
let bank: StoreTenant;
let recoveryCode: string;
let personId: string;
let accountId: string;
let alertSecret: string | null;

/** A process that was started with these keys. */
async function startedWith(current: string, previous = ""): Promise<void> {
  vi.stubEnv("DOMICILE_MASTER_KEY", current);
  vi.stubEnv("DOMICILE_MASTER_KEY_PREVIOUS", previous);
  vi.stubEnv("DOMICILE_CARRIED_KEYS", "");
  await world.as("gateway", checkMasterKey);
}
const rotate = () => world.as("owner", () => rotateMasterKey(job));
const providerKeys = async () =>
  (await world.as("gateway", () => loadTenantConfig(bank.id)))?.credentials.map(({ secret }) => secret);
const accountKey = async () => (await world.as("gateway", () => openAccount(bank.id, accountId)))?.secret;
const secretOfAlerts = async () => {
  const rows = await world.sql<{ id: string; sealed: Buffer }>(
    "owner",
    { read: [bank.id] },
    "SELECT id, sealed FROM alert_secret",
  );
  return rows.map(({ id, sealed }) => openSecret(sealed, { tenantId: bank.id, alertSecretId: id }));
};
const events = () =>
  world.sql<{ kind: string; detail: Record<string, unknown> }>(
    "owner",
    {},
    "SELECT kind, detail FROM system_event WHERE kind LIKE 'deployment.%' ORDER BY at, ledger_index",
  );

beforeAll(async () => {
  vi.stubEnv("DOMICILE_MASTER_KEY", first);
  world = await createStoreWorld();
  await startedWith(first);
  bank = await world.addTenant("bank");
  const admin = await world.addPerson("adm", { bank: "admin" });
  await world.as("web", async () => {
    await createCredential(admin, {
      tenant: "bank",
      label: "Europe",
      secret: "sk-sim-eu-bank",
      projectId: null,
      hosts: ["eu.api.openai.com"],
      upstream: { kind: "openai" },
    });
    accountId = (await addAccount(admin, { tenant: "bank", label: "Bank", secret: "sk-admin-sim-bank" })).id;
    const destination = { tenant: "bank", name: "Desk", kind: "webhook", country: "DE" };
    const created = await createDestination(
      admin,
      createDestinationInput.parse({ ...destination, address: "https://receiver.example/alerts" }),
    );
    alertSecret = created.secret;
  });
  const person = await world.addPerson("ann", {});
  personId = person.personId;
  await giveCheapPassword(world, personId, password);
  const { secret } = await world.as("web", () => beginSecondFactor(person, { present: password }));
  const enrolled = await world.as("web", () =>
    confirmSecondFactor(person, { code: authenticatorCode(secret) }),
  );
  recoveryCode = enrolled.recoveryCodes[0] ?? "";
});
afterAll(() => world.drop());
afterEach(() => vi.unstubAllEnvs());

describe("another master key", () => {
  it("is taken by nobody who does not hold the one of before, and the store keeps the processes from it", async () => {
    await expect(startedWith(second)).rejects.toThrow(MasterKeyMismatch);
    await expect(startedWith(second, third)).rejects.toThrow(/^Neither DOMICILE_MASTER_KEY nor/);
    await startedWith(first);
    await expect(rotate()).rejects.toMatchObject({ code: "conflict" });
    await startedWith(second, first);
    await expect(world.as("web", () => rotateMasterKey(job))).rejects.toThrow();
    for (const role of ["web", "worker", "gateway"] as const)
      await expect(
        world.sql(
          role,
          { read: [bank.id], write: bank.id },
          "UPDATE deployment SET master_key_fingerprint = 'x'",
        ),
      ).rejects.toThrow(/fixed|permission/);
    for (const table of ["provider_credential", "alert_secret", "second_factor", "provider_account"])
      await expect(
        world.sql("web", { read: [bank.id], write: bank.id }, `UPDATE ${table} SET sealed = '\\x00'`),
        table,
      ).rejects.toThrow(/permission/);
  });

  it("is read beside the one of before, until the deployment is moved and behind it, and digests stay what they were", async () => {
    await startedWith(first);
    const pepper = deriveKey("key-pepper");
    const sealing = deriveKey("credential-encryption");
    const digest = hashKey(bank.key);
    await startedWith(second, first);
    expect(await providerKeys()).toEqual(["sk-sim-eu-bank"]);
    expect(hashKey(bank.key)).toEqual(digest);

    const done = await rotate();
    expect(done.turned).toBe(true);
    expect(done.secrets).toEqual({
      providerKeys: { anew: 1, already: 0, lost: 0 },
      accountKeys: { anew: 1, already: 0, lost: 0 },
      alertSecrets: { anew: 1, already: 0, lost: 0 },
      secondFactors: { anew: 1, already: 0, lost: 0 },
      importParts: { anew: 0, already: 0, lost: 0 },
    });
    // Whoever was not started anew meanwhile.
    expect(await providerKeys()).toEqual(["sk-sim-eu-bank"]);

    // The old key alone starts nothing, the new one alone everything.
    await expect(startedWith(first)).rejects.toThrow(MasterKeyMismatch);
    await startedWith(second);
    expect(await providerKeys()).toEqual(["sk-sim-eu-bank"]);
    expect(await accountKey()).toBe("sk-admin-sim-bank");
    expect(await secretOfAlerts()).toEqual([alertSecret]);
    expect(deriveKey("key-pepper")).toEqual(pepper);
    expect(deriveKey("credential-encryption")).not.toEqual(sealing);
    expect(hashKey(bank.key)).toEqual(digest);
    expect(await world.as("web", () => checkSecondFactor(personId, recoveryCode))).toBe("recovery_code");
    expect((await events()).map(({ kind }) => kind)).toEqual([
      "deployment.master_key_changed",
      "deployment.secrets_resealed",
    ]);
    const said = JSON.stringify(await events());
    for (const key of keys) expect(said).not.toContain(key);
    expect(said).not.toContain("sk-sim");
  });

  it("goes on where it broke off, and says what opens under neither", async () => {
    await startedWith(third, second);
    await rotate();
    // As if it had died after the turn: one secret lies under the key of before, one under a key that nobody has, one part waits.
    vi.stubEnv("DOMICILE_MASTER_KEY", second);
    const [row] = await world.sql<{ id: string }>(
      "owner",
      { read: [bank.id] },
      "SELECT id FROM provider_credential",
    );
    const under = (id: string) => sealSecret("sk-sim-eu-late", { tenantId: bank.id, credentialId: id });
    const set = (sealed: Buffer) =>
      world.sql("owner", { read: [bank.id], write: bank.id }, "UPDATE provider_credential SET sealed = $1", [
        sealed,
      ]);
    await set(under(row?.id ?? ""));
    const place = { tenantId: bank.id, importId: "01977777-0000-7000-8000-000000000001", seq: 3 };
    await world.sql(
      "owner",
      { read: [bank.id], write: bank.id },
      "INSERT INTO import_part (tenant_id, import_id, seq, sealed) VALUES ($1, $2, $3, $4)",
      [place.tenantId, place.importId, place.seq, sealPart([], place)],
    );
    await startedWith(third, second);
    expect(await rotate()).toMatchObject({
      turned: false,
      secrets: {
        providerKeys: { anew: 1, already: 0 },
        alertSecrets: { anew: 0, already: 1 },
        importParts: { anew: 1, already: 0, lost: 0 },
      },
    });
    await startedWith(third);
    expect(await providerKeys()).toEqual(["sk-sim-eu-late"]);
    // Two changes later, digests are made with the keys of the first.
    await startedWith(third, second);
    const [kept] = await world.sql<{ from: string }>(
      "owner",
      {},
      `SELECT carried_from AS "from" FROM deployment`,
    );
    const [turned] = await events();
    expect(kept?.from.slice(0, 8)).toBe(turned?.detail.before);
    await set(under("01977777-0000-7000-8000-00000000ffff"));
    expect((await rotate()).secrets.providerKeys).toEqual({ anew: 0, already: 0, lost: 1 });
  });

  it("leaves no sealed column out", async () => {
    const rows = await world.sql<{ name: string }>(
      "owner",
      {},
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'sealed' AND data_type = 'bytea'
          -- Openings lie under a key that is carried.
          AND table_name NOT LIKE 'ledger_opening%' ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      "alert_secret",
      "import_part",
      "provider_account",
      "provider_credential",
      "second_factor",
    ]);
  });
});
