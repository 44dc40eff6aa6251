import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CreateCredentialInput } from "../../contracts/tenants.ts";
import {
  type AzureWorld,
  classic,
  createAzureWorld,
  customHost,
  swedenHost,
  v1,
} from "../../testing/azure-world.ts";
import type { Actor } from "../actor.ts";
import { loadTenantConfig } from "../gateway-config/load-tenant-config.ts";
import { attestPin } from "../pins/attest-pin.ts";
import { getTenant } from "../tenants/get-tenant.ts";
import { createCredential } from "./create-credential.ts";
import { nameProject } from "./name-project.ts";
import { replaceCredential } from "./replace-credential.ts";
import { revokeCredential } from "./revoke-credential.ts";

const admin: Actor = { kind: "system", job: "test" };
const custom = { kind: "custom", basePath: "/v1", keyHeader: "authorization" } as const;
let azure: AzureWorld;
let tenantId: string;
let slugs = 0;
let tenant: string;

beforeAll(async () => {
  azure = await createAzureWorld();
});
beforeEach(async () => {
  slugs += 1;
  tenant = `bank${slugs}`;
  tenantId = (await azure.world.addTenant({ slug: tenant, preset: "eea_ch" })).id;
});
afterAll(() => azure.world.stop());

const web = <T>(action: () => Promise<T>) => azure.world.as("web", action);
const create = (over: Partial<CreateCredentialInput> = {}) =>
  web(() =>
    createCredential(admin, {
      tenant,
      label: "Sweden",
      secret: "sk-sim-azure-sweden-one1",
      projectId: null,
      hosts: [swedenHost],
      upstream: v1(),
      ...over,
    }),
  );
const usable = async () =>
  (await azure.world.as("gateway", () => loadTenantConfig(tenantId)))?.credentials ?? [];

describe("a key of another upstream", () => {
  it("is kept with how requests are put, and comes to the gateway with it", async () => {
    const upstream = classic([{ model: "gpt-5.5", name: "chat-se", sku: "Standard" }]);
    const made = await create({ upstream });
    expect(made).toMatchObject({ hosts: [swedenHost], upstream, hint: "one1", replaces: null });
    expect(await usable()).toMatchObject([
      { upstream, hosts: [swedenHost], secret: "sk-sim-azure-sweden-one1" },
    ]);
    const page = await web(() => getTenant(admin, tenant));
    expect(page.credentials).toMatchObject([{ upstream }]);
    expect(JSON.stringify(page)).not.toContain("sk-sim-azure");
  });

  it("is in the record of changes with the SKU that was said, and without the key", async () => {
    await create({ upstream: v1([{ model: "a", name: "a", sku: "GlobalStandard" }]) });
    const events = await azure.world.sql<{ detail: Record<string, unknown> }>(
      tenantId,
      "select detail from audit_event where tenant_id = $1 and kind = 'credential.created'",
      [tenantId],
    );
    expect(events[0]?.detail).toMatchObject({ kind: "azure", deployments: ["a: a, GlobalStandard"] });
    expect(JSON.stringify(events)).not.toContain("sk-sim-azure");
  });

  it.each([
    ["Azure, to a resource that nobody recorded", { hosts: ["other.openai.azure.com"] }, "is recorded"],
    ["Azure, to a host of OpenAI", { hosts: ["api.openai.com"] }, "is recorded"],
    ["Azure, to two hosts", { hosts: [swedenHost, "domicile-zone.openai.azure.com"] }, "one host"],
    ["Azure, to another port of its resource", { hosts: [`${swedenHost}:8443`] }, "is recorded"],
    ["Azure, to its resource as an address", { hosts: [`https://${swedenHost}`] }, "is recorded"],
    ["Azure, to its resource behind a name", { hosts: [`${swedenHost}@evil.example.com`] }, "is recorded"],
    ["OpenAI, to a resource of Azure", { upstream: { kind: "openai" } }, "documents no host"],
    [
      "a custom host that the policy does not admit",
      { upstream: custom, hosts: [customHost] },
      "does not admit",
    ],
    ["a custom host that is a lookalike", { upstream: custom, hosts: ["api.openai.eu"] }, "does not admit"],
    ["a custom host that is OpenAI's", { upstream: custom, hosts: ["api.openai.com"] }, "does not admit"],
    ["a custom host that is an address", { upstream: custom, hosts: ["127.0.0.1"] }, "does not admit"],
    ["classic paths without a version", { upstream: { ...v1(), paths: "deployments" } }, "api-version"],
    [
      "v1 paths with a model that is no deployment",
      { upstream: v1([{ model: "gpt-5.5", name: "chat-se", sku: "Standard" }]) },
      "gpt-5.5 cannot stand for chat-se",
    ],
    [
      "one model for two deployments",
      {
        upstream: classic([
          { model: "m", name: "a", sku: "Standard" },
          { model: "m", name: "b", sku: "GlobalStandard" },
        ]),
      },
      "one deployment",
    ],
  ] as const)("is refused: %s", async (_what, over, words) => {
    const refusal = await create(over as Partial<CreateCredentialInput>).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(refusal).toMatchObject({ code: "invalid_input" });
    expect(JSON.stringify(refusal) + String(refusal)).toContain(words);
    expect(await usable()).toEqual([]);
  });

  it("is never given other hosts or another upstream, also not by whoever may write to the table", async () => {
    const { id } = await create();
    for (const change of [
      `hosts = '{api.openai.com}'`,
      `kind = 'openai', upstream = null`,
      `upstream = '{}'`,
    ])
      await expect(
        azure.world.sql(
          tenantId,
          `select set_config('domicile.write_tenant', '${tenantId}', false);
           update provider_credential set ${change} where id = '${id}'`,
        ),
      ).rejects.toThrow(/"(hosts|kind|upstream)" of "provider_credential" is fixed/);
  });
});

describe("replaceCredential", () => {
  it("puts a new key in the place of the old one at once, for the same host in the same way", async () => {
    const old = await create({ upstream: classic() });
    const secret = "sk-sim-azure-sweden-two2";
    const made = await web(() =>
      replaceCredential(admin, { tenant, credentialId: old.id, secret, sameProject: false }),
    );
    expect(made).toMatchObject({ replaces: old.id, hosts: [swedenHost], upstream: classic(), hint: "two2" });
    expect(await usable()).toMatchObject([{ id: made.id, secret }]);
    const page = await web(() => getTenant(admin, tenant));
    expect(page.credentials.find(({ id }) => id === old.id)?.revokedAt).not.toBeNull();
    await expect(
      web(() => replaceCredential(admin, { tenant, credentialId: old.id, secret, sameProject: false })),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it.each([
    [true, "processing", "eu", "attestation"],
    [false, "unknown", null, "none"],
  ] as const)(
    "keeps what is known of the project where it is the same: %s",
    async (sameProject, kind, region, source) => {
      const old = await create({
        upstream: { kind: "openai" },
        hosts: ["eu.api.openai.com"],
        secret: "sk-sim-eu-one1",
        projectId: "proj_1",
      });
      await web(() =>
        attestPin(admin, {
          tenant,
          credentialId: old.id,
          kind: "processing",
          region: "eu",
          attestedBy: "Ilse Brandt",
          statement: "Read on the provider's project page on the day of the test.",
        }),
      );
      const made = await web(() =>
        replaceCredential(admin, { tenant, credentialId: old.id, secret: "sk-sim-eu-two2", sameProject }),
      );
      expect(made.projectId).toBe(sameProject ? "proj_1" : null);
      expect(await usable()).toMatchObject([{ id: made.id, pin: { kind, region, source } }]);
    },
  );

  it("takes no key of another mode, and none of ours", async () => {
    const old = await create();
    for (const secret of ["sk-live-key-of-azure", "dom_key_of_ours_1234"])
      await expect(
        web(() => replaceCredential(admin, { tenant, credentialId: old.id, secret, sameProject: false })),
      ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await usable()).toMatchObject([{ id: old.id }]);
  });
});

describe("the project of a key", () => {
  const europe = { label: "Europe", secret: "sk-sim-eu-europe", hosts: ["eu.api.openai.com"] };
  const openai = { ...europe, upstream: { kind: "openai" } } as const;
  const name = (credentialId: string, projectId = "proj_europe") =>
    web(() => nameProject(admin, { tenant, credentialId, projectId }));
  const projectsOf = async () =>
    (await web(() => getTenant(admin, tenant))).credentials.map(({ projectId }) => projectId);

  it("is named later, once, for the gateway and in the trail", async () => {
    const { id } = await create(openai);
    expect(await name(id)).toMatchObject({ id, projectId: "proj_europe" });
    expect(await usable()).toMatchObject([{ projectId: "proj_europe" }]);
    const events = await azure.world.sql<{ subject: string; detail: object }>(
      tenantId,
      "select subject, detail from audit_event where kind = 'credential.project_named'",
    );
    expect(events).toEqual([{ subject: id, detail: { name: "Europe", projectId: "proj_europe" } }]);
    await expect(name(id, "proj_other")).rejects.toMatchObject({ code: "conflict" });
    expect(await projectsOf()).toEqual(["proj_europe"]);
    await expect(
      azure.world.sql(tenantId, "update provider_credential set project_id = 'proj_other'"),
    ).rejects.toThrow(/set once/);
  });

  it("is not named of a key that is none of OpenAI's, that is revoked, or that is not there", async () => {
    const { id: ofAzure } = await create();
    await expect(name(ofAzure)).rejects.toMatchObject({ code: "invalid_input" });
    const { id: revoked } = await create(openai);
    await web(() => revokeCredential(admin, { tenant, credentialId: revoked }));
    await expect(name(revoked)).rejects.toMatchObject({ code: "conflict" });
    for (const nobody of ["nobody", "019aab00-0000-7000-8000-0000000000ff"])
      await expect(name(nobody)).rejects.toMatchObject({ code: "not_found" });
    expect(await projectsOf()).toEqual([null, null]);
  });
});
