import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateTenantInput } from "../../contracts/tenants.ts";
import { createStoreWorld, job, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { createCredential } from "../credentials/create-credential.ts";
import { revokeCredential } from "../credentials/revoke-credential.ts";
import { loadTenantConfig } from "../gateway-config/load-tenant-config.ts";
import { readConfigRevision } from "../gateway-config/read-revision.ts";
import { attestPin } from "../pins/attest-pin.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { createTenant } from "./create-tenant.ts";
import { getTenant } from "./get-tenant.ts";
import { listTenants } from "./list-tenants.ts";

let world: StoreWorld;
let root: PersonActor & { token: string };
let bank: StoreTenant;
let live: StoreTenant;
beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  live = await world.addTenant("live-bank", { mode: "live" });
  root = await world.addPerson("root", {});
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const wish: CreateTenantInput = {
  name: "Nordbank",
  slug: "nordbank",
  mode: "simulated",
  preset: "eea_ch",
  homeRegion: "eu",
  enforcement: "block",
  acceptance: null,
};
const credential = {
  tenant: "bank",
  label: "project",
  secret: "sk-sim-eu-abcdef123456",
  projectId: "proj_1",
  hosts: ["eu.api.openai.com"],
};

describe("createTenant", () => {
  it("makes a tenant with its first policy in force at once, and its maker its admin", async () => {
    const summary = await web(() => createTenant(root, wish));
    expect(summary).toMatchObject({
      slug: "nordbank",
      preset: "eea_ch",
      enforcement: "block",
      role: "admin",
    });
    const config = await world.as("gateway", () => loadTenantConfig(summary.id));
    expect(config?.policies).toMatchObject([{ version: 1, policy: { preset: "eea_ch", homeRegion: "eu" } }]);
    expect(Date.parse(config?.policies[0]?.effectiveAt ?? "")).toBeLessThanOrEqual(Date.now());
    const events = await world.sql(
      "owner",
      { read: [summary.id] },
      "SELECT kind, actor_name FROM audit_event",
    );
    expect(events).toEqual([{ kind: "tenant.created", actor_name: "root" }]);
  });

  it("refuses a policy that cannot be met, field by field, and makes nothing", async () => {
    const impossible = { ...wish, slug: "strict-uk", preset: "us_global_accepted", homeRegion: "us" };
    await web(() =>
      expect(createTenant(root, impossible)).rejects.toMatchObject({
        code: "policy_cannot_be_met",
        fields: [{ field: expect.stringContaining("acceptance") }],
      }),
    );
    expect(await world.sql("owner", {}, "SELECT 1 FROM tenant WHERE slug = 'strict-uk'")).toEqual([]);
  });

  it("accepts presets only", async () => {
    for (const preset of ["custom", "__proto__", ""])
      await web(() =>
        expect(createTenant(root, { ...wish, slug: "x", preset }), preset).rejects.toMatchObject({
          code: "invalid_input",
          fields: [{ field: "preset" }],
        }),
      );
  });

  it("refuses a short name that is taken", async () => {
    await web(() =>
      expect(createTenant(root, { ...wish, slug: "bank" })).rejects.toMatchObject({
        code: "conflict",
        fields: [{ field: "slug" }],
      }),
    );
  });

  it("is for administrators of the deployment, not for admins of a tenant", async () => {
    const admin = await world.addPerson("ann", { bank: "admin" });
    await web(() =>
      expect(createTenant(admin, { ...wish, slug: "y" })).rejects.toMatchObject({ code: "forbidden" }),
    );
  });

  it("lets observing end on a date", async () => {
    const { id } = await web(() => createTenant(job, { ...wish, slug: "watching", enforcement: "observe" }));
    const config = await world.as("gateway", () => loadTenantConfig(id));
    const enforcement = config?.policies[0]?.policy.enforcement;
    expect(enforcement?.mode).toBe("observe");
    expect(enforcement?.mode === "observe" && Date.parse(enforcement.until ?? "")).toBeGreaterThan(
      Date.now(),
    );
  });
});

describe("tenants", () => {
  it("are listed to their members and to nobody else", async () => {
    const ann = await world.addPerson("ann", { bank: "developer" });
    expect((await web(() => listTenants(ann))).map(({ slug }) => slug)).toEqual(["bank"]);
    await web(() => expect(getTenant(ann, live.id)).rejects.toMatchObject({ code: "not_found" }));
    const nobody = await world.addPerson("nob", {});
    expect(await web(() => listTenants(nobody))).toEqual([]);
  });

  it("show their policy in sentences, keys, credentials and members", async () => {
    const ann = await world.addPerson("ann", { bank: "admin" });
    const detail = await web(() => getTenant(ann, "bank"));
    expect(detail.policySentences.length).toBeGreaterThan(2);
    expect(detail.keys).toMatchObject([{ application: "loan-desk", target: "policy", revokedAt: null }]);
    expect(detail.members.map(({ email }) => email)).toContain(ann.email);
    expect(JSON.stringify(detail)).not.toContain(bank.key.slice(8));
  });
});

describe("provider credentials", () => {
  it("are sealed, and opened only for the gateway", async () => {
    const made = await web(() => createCredential(job, credential));
    expect(made).toMatchObject({ hint: "3456", hosts: ["eu.api.openai.com"], pin: { kind: "unknown" } });
    expect(JSON.stringify(made)).not.toContain(credential.secret);
    const config = await world.as("gateway", () => loadTenantConfig(bank.id));
    expect(config?.credentials[0]).toMatchObject({
      id: made.id,
      secret: credential.secret,
      pin: { kind: "unknown" },
    });
    const [row] = await world.sql<{ sealed: Buffer }>(
      "owner",
      { read: [bank.id] },
      "SELECT sealed FROM provider_credential WHERE id = $1",
      [made.id],
    );
    expect(row?.sealed.toString("latin1")).not.toContain("abcdef");
  });

  it("never mix live and simulated", async () => {
    await web(async () => {
      await expect(createCredential(job, { ...credential, tenant: "live-bank" })).rejects.toMatchObject({
        code: "invalid_input",
        fields: [{ field: "secret" }],
      });
      await expect(
        createCredential(job, { ...credential, secret: "sk-proj-abcdef123456" }),
      ).rejects.toMatchObject({
        code: "invalid_input",
        fields: [{ field: "secret" }],
      });
      const made = await createCredential(job, {
        ...credential,
        tenant: "live-bank",
        secret: "sk-proj-abc123456",
      });
      expect(made.hint).toBe("3456");
    });
  });

  it.each(["dom_abcdefgh_0123456789", "dompg_abcdefgh.0123", "DOM_abcdefgh_0123"])(
    "are never a key of ours: %s",
    async (secret) => {
      for (const tenant of ["bank", "live-bank"])
        await web(() =>
          expect(createCredential(job, { ...credential, tenant, secret })).rejects.toMatchObject({
            code: "invalid_input",
            fields: [{ field: "secret", message: expect.stringContaining("a key of Domicile") }],
          }),
        );
    },
  );

  it("go to documented hosts only", async () => {
    for (const host of ["api.openai.eu", "evil.example.com", "EU.api.openai.com"])
      await web(() =>
        expect(createCredential(job, { ...credential, hosts: [host] }), host).rejects.toMatchObject({
          fields: [{ field: "hosts" }],
        }),
      );
  });

  it("are gone for the gateway once revoked", async () => {
    const made = await web(() => createCredential(job, { ...credential, label: "short" }));
    await web(() => revokeCredential(job, { tenant: "bank", credentialId: made.id }));
    const config = await world.as("gateway", () => loadTenantConfig(bank.id));
    expect(config?.credentials.map(({ id }) => id)).not.toContain(made.id);
  });
});

describe("attestPin", () => {
  const said = {
    tenant: "bank",
    attestedBy: "M. Roth",
    statement: "Read on the project's settings page.",
  };

  it("holds the newest statement and keeps the earlier ones", async () => {
    const made = await web(() => createCredential(job, { ...credential, label: "pinned" }));
    const say = (kind: "processing" | "global", region: string | null) =>
      web(() =>
        attestPin(job, {
          tenant: "bank",
          credentialId: made.id,
          kind,
          region,
          attestedBy: "M. Roth",
          statement: "Read on the project's settings page.",
        }),
      );
    await say("global", null);
    const before = await world.as("gateway", readConfigRevision);
    await say("processing", "eu");
    expect(await world.as("gateway", readConfigRevision)).toBe(before + 1);
    const config = await world.as("gateway", () => loadTenantConfig(bank.id));
    expect(config?.credentials.find(({ id }) => id === made.id)?.pin).toMatchObject({
      kind: "processing",
      region: "eu",
      source: "attestation",
      attestedBy: "M. Roth",
    });
    const rows = await world.sql("owner", { read: [bank.id] }, "SELECT 1 FROM pin WHERE credential_id = $1", [
      made.id,
    ]);
    expect(rows).toHaveLength(2);
    await expect(say("processing", "atlantis")).rejects.toMatchObject({ fields: [{ field: "region" }] });
    await expect(say("processing", null)).rejects.toMatchObject({ fields: [{ field: "region" }] });
  });

  it.each([
    ["processing", "gb", "gb.api.openai.com", "OpenAI lists no processing in"],
    ["storage_only", "eu", "eu.api.openai.com", "OpenAI lists no storage-only projects in"],
    ["processing", "us", "eu.api.openai.com", "may be sent to no host of"],
    ["storage_only", "gb", "api.openai.com", "may be sent to no host of"],
  ] as const)("refuses what no project can be: %s in %s for a key of %s", async (kind, region, host, why) => {
    const made = await web(() => createCredential(job, { ...credential, hosts: [host] }));
    await web(() =>
      expect(attestPin(job, { ...said, credentialId: made.id, kind, region })).rejects.toMatchObject({
        code: "invalid_input",
        fields: [{ field: "region", message: expect.stringContaining(why) }],
      }),
    );
  });

  it("keeps who recorded it beside the name he wrote", async () => {
    const ann = await world.addPerson("ann", { bank: "admin" });
    const made = await web(() => createCredential(job, { ...credential, label: "recorded" }));
    const pin = await web(() =>
      attestPin(ann, { ...said, credentialId: made.id, kind: "processing", region: "eu" }),
    );
    const whose = { attestedBy: "M. Roth", recordedBy: ann.name };
    expect(pin).toMatchObject(whose);
    expect(ann.name).not.toBe("M. Roth");
    const detail = await web(() => getTenant(ann, "bank"));
    expect(detail.credentials.find(({ id }) => id === made.id)?.pin).toMatchObject(whose);
  });
});
