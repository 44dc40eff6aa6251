import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CatalogDraft } from "../../contracts/catalog.ts";
import type { Catalog, Cell } from "../../core/regions/catalog.ts";
import type { CatalogEdit } from "../../core/regions/edit-catalog.ts";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { loadTenantConfig } from "../gateway-config/load-tenant-config.ts";
import { readConfigRevision } from "../gateway-config/read-revision.ts";
import type { Refusal } from "../refusal.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { confirmRow } from "./confirm-row.ts";
import { approveCatalog, rejectCatalog, withdrawCatalog } from "./decide-catalog.ts";
import { getCatalog, getCatalogVersion, previewCatalog } from "./get-catalog.ts";
import { listCatalogProposals } from "./list-proposals.ts";
import { publishCatalog } from "./publish-catalog.ts";
import { recordAdoptions } from "./record-adoptions.ts";

let world: StoreWorld;
let tenant: StoreTenant;
let root: PersonActor;
let second: PersonActor;
let officer: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("bank");
  root = await world.addPerson("root", { bank: "admin" });
  second = await world.addPerson("root", {});
  officer = await world.addPerson("officer", { bank: "officer" });
});
afterAll(() => world.drop());

const reason = "OpenAI's page was read again on this day.";
const basis = {
  sourceId: "residency-page",
  asOf: "2026-11-22",
  confidence: "high",
  confirmedBy: null,
} as const;
const cellEdit = (state: Cell["state"], region = "eu"): CatalogEdit => ({
  kind: "set_cell",
  table: "endpoints",
  id: "/v1/chat/completions",
  claim: "processing",
  region,
  cell: { state, ...basis },
});

const asWeb = <T>(action: () => Promise<T>) => world.as("web", action);
const current = () => asWeb(() => getCatalog(root));
async function publish(draft: CatalogDraft, basedOn?: number) {
  const version = basedOn ?? (await current()).version;
  const published = await ask(draft, version);
  if (published.kind === "published") return published;
  return asWeb(() => approveCatalog(second, { id: published.id, note: "" }));
}
const ask = (draft: CatalogDraft, basedOn: number) =>
  asWeb(() => publishCatalog(root, { basedOn, reason, draft }));
const edits = (...list: CatalogEdit[]): CatalogDraft => ({ kind: "edits", edits: list });
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error("It was not refused.");
    },
    (error: Refusal) => error,
  );

async function verdictOfCall(catalogVersion: number, startedAt: string) {
  const call = callAt(tenant, startedAt, { catalogVersion });
  const [result] = await world.as("gateway", () => recordCalls(tenant.id, [call]));
  return {
    id: call.id,
    verdict: result?.outcome === "recorded" ? result.judgement.verdict : result?.outcome,
  };
}

const storedVerdicts = () =>
  world.sql<{ id: string; verdict: string; catalog_version: number }>(
    "web",
    { read: [tenant.id] },
    "SELECT id, verdict, catalog_version FROM call WHERE tenant_id = $1 ORDER BY started_at",
    [tenant.id],
  );

describe("a publication", () => {
  it("changes the verdict of the next call and of no earlier one, and reaches gateways by the revision", async () => {
    const first = await world.as("gateway", () => loadTenantConfig(tenant.id));
    expect(first?.catalog.version).toBe(1);
    const before = await world.as("gateway", readConfigRevision);
    const earlier = await verdictOfCall(1, "2026-11-20T10:00:00.000Z");
    expect(earlier.verdict).toBe("compliant");

    const published = await publish(edits(cellEdit("no")));
    expect(published).toMatchObject({
      version: 2,
      basedOn: 1,
      origin: "edited",
      publishedBy: "root",
      reason,
    });

    expect(await world.as("gateway", readConfigRevision)).toBeGreaterThan(before);
    const config = await world.as("gateway", () => loadTenantConfig(tenant.id));
    expect(config?.catalog.version).toBe(2);
    const next = await verdictOfCall(2, "2026-11-20T10:00:01.000Z");
    expect(next.verdict).toBe("violation");
    // A call that began before and ends after keeps the version it began with.
    const late = await verdictOfCall(1, "2026-11-20T10:00:02.000Z");
    expect(late.verdict).toBe("compliant");
    expect(await storedVerdicts()).toEqual([
      { id: earlier.id, verdict: "compliant", catalog_version: 1 },
      { id: next.id, verdict: "violation", catalog_version: 2 },
      { id: late.id, verdict: "compliant", catalog_version: 1 },
    ]);
  });

  it("is an event of the deployment, and of every tenant once, with its hash", async () => {
    const { version, sha256 } = await publish(edits(cellEdit("yes")));
    const system = await world.sql<{ subject: string; detail: Record<string, unknown> }>(
      "web",
      {},
      "SELECT subject, detail FROM system_event WHERE kind = 'catalog.approved' ORDER BY at DESC LIMIT 1",
    );
    expect(system).toEqual([
      { subject: String(version), detail: expect.objectContaining({ version, sha256, reason, changes: 1 }) },
    ]);
    const adopted = () =>
      world.sql<{ subject: string; sha256: string }>(
        "web",
        { read: [tenant.id] },
        "SELECT subject, detail->>'sha256' AS sha256 FROM audit_event WHERE kind = 'catalog.adopted' AND subject = $1",
        [String(version)],
      );
    expect(await adopted()).toEqual([{ subject: String(version), sha256 }]);
    expect(await world.as("worker", recordAdoptions)).toBe(0);
    const later = await world.addTenant("later");
    expect(await world.as("worker", recordAdoptions)).toBe(1);
    expect(await adopted()).toHaveLength(1);
    expect(
      await world.sql(
        "web",
        { read: [later.id] },
        "SELECT 1 FROM audit_event WHERE kind = 'catalog.adopted'",
      ),
    ).toHaveLength(1);
  });

  it("keeps under its number exactly what its hash was taken of", async () => {
    const [row] = await world.sql<{ body: Catalog; sha256: string }>(
      "web",
      {},
      "SELECT body, sha256 FROM catalog_version ORDER BY version DESC LIMIT 1",
    );
    expect(row && sha256Hex(canonicalJson(row.body))).toBe(row?.sha256);
  });

  it("says what it changed, in words", async () => {
    const { version } = await current();
    const detail = await asWeb(() => getCatalogVersion(root, version));
    expect(detail.changes).toHaveLength(1);
    expect(detail.changes[0]?.sentence).toMatch(
      /^Endpoint \/v1\/chat\/completions: processing in Europe \(EEA and Switzerland\) becomes yes \(/,
    );
  });
});

describe("a catalog that widens", () => {
  /** OpenAI's host of the United States, called one of Germany. */
  const germanUs = async (): Promise<CatalogDraft> => {
    const { catalog } = await current();
    const us = catalog.regions.find(({ code }) => code === "us");
    if (!us) throw new Error("The catalog has the United States.");
    return edits({ kind: "put", table: "regions", row: { ...us, countries: ["DE"] } });
  };
  const proposed = async (draft: CatalogDraft) => {
    const { version } = await current();
    const answer = await ask(draft, version);
    if (answer.kind !== "proposed") throw new Error("It was published.");
    return { id: answer.id, note: "" };
  };
  const stateOf = async (id: string, actor = root) =>
    (await asWeb(() => listCatalogProposals(actor))).find((each) => each.id === id);

  it("changes nothing for any call before another administrator approves it, and is said in the tenant's own log", async () => {
    const { version } = await current();
    const draft = await germanUs();
    const preview = await asWeb(() => previewCatalog(root, draft));
    expect(preview).toMatchObject({
      widens: true,
      reach: expect.arrayContaining([
        { tenant: "bank", hosts: expect.arrayContaining(["us.api.openai.com"]) },
      ]),
      changes: [{ id: "us", path: ["countries"], effect: "widens" }],
    });
    // Whose calls it is about is for administrators of the deployment alone.
    expect((await asWeb(() => previewCatalog(officer, draft))).reach.map(({ tenant }) => tenant)).toEqual([
      null,
      null,
    ]);

    const wish = await proposed(draft);
    expect((await current()).version).toBe(version);
    expect(await stateOf(wish.id)).toMatchObject({
      state: "waiting",
      isMine: true,
      widening: expect.arrayContaining([expect.stringMatching(/us\.api\.openai\.com/)]),
      preview: { reach: expect.arrayContaining([expect.objectContaining({ tenant: "bank" })]) },
    });
    expect(await stateOf(wish.id, officer)).toMatchObject({
      isMine: false,
      preview: { reach: [{ tenant: null }, { tenant: null }] },
    });
    for (const [actor, code] of [
      [root, "forbidden"],
      [officer, "forbidden"],
    ] as const)
      expect(await refusalOf(asWeb(() => approveCatalog(actor, wish)))).toMatchObject({ code });
    expect((await current()).version).toBe(version);

    const approved = await asWeb(() => approveCatalog(second, wish));
    expect(approved).toMatchObject({ version: version + 1, publishedBy: "root", approvedBy: "root" });
    expect(await refusalOf(asWeb(() => approveCatalog(second, wish)))).toMatchObject({ code: "conflict" });
    const [adopted] = await world.sql<{ detail: Record<string, unknown> }>(
      "web",
      { read: [tenant.id] },
      "SELECT detail FROM audit_event WHERE kind = 'catalog.adopted' AND subject = $1",
      [String(version + 1)],
    );
    expect(adopted?.detail).toMatchObject({
      versionBefore: version,
      approvedBy: "root",
      reachable: expect.arrayContaining(["us.api.openai.com"]),
      widening: [expect.stringMatching(/^Region United States: countries becomes DE/)],
    });

    const { catalog } = await current();
    const us = openaiCatalog.regions.find(({ code }) => code === "us");
    if (!us) throw new Error("The catalog has the United States.");
    await publish(edits({ kind: "put", table: "regions", row: us }));
    expect(catalog.version).toBe(version + 1);
  });

  it("is refused by another, or taken back by whoever asked, and then is no catalog", async () => {
    const { version } = await current();
    const first = await proposed(await germanUs());
    expect(await refusalOf(asWeb(() => rejectCatalog(root, first)))).toMatchObject({ code: "forbidden" });
    await asWeb(() => rejectCatalog(second, { ...first, note: "That is not so." }));
    const other = await proposed(await germanUs());
    expect(await refusalOf(asWeb(() => withdrawCatalog(second, other)))).toMatchObject({ code: "forbidden" });
    await asWeb(() => withdrawCatalog(root, other));
    expect(await stateOf(first.id)).toMatchObject({
      state: "rejected",
      decision: { note: "That is not so." },
    });
    expect(await stateOf(other.id)).toMatchObject({ state: "withdrawn", preview: null });
    expect((await current()).version).toBe(version);
  });

  it("is overtaken by another publication, and lapses", async () => {
    const { version } = await current();
    const late = await proposed(await germanUs());
    const lapsed = new Date(Date.now() + 15 * 86_400_000);
    expect(await refusalOf(asWeb(() => approveCatalog(second, late, { at: lapsed })))).toMatchObject({
      code: "conflict",
    });
    await publish(edits(cellEdit("no")));
    expect(await stateOf(late.id)).toMatchObject({ state: "overtaken" });
    expect(await refusalOf(asWeb(() => approveCatalog(second, late)))).toMatchObject({ code: "conflict" });
    expect((await current()).version).toBe(version + 1);
    await publish(edits(cellEdit("yes")));
  });

  it("is held to two people by the store itself", async () => {
    const wish = await proposed(await germanUs());
    await expect(
      world.sql(
        "web",
        {},
        `INSERT INTO catalog_decision (proposal_id, requested_by_id, outcome, decided_by, decided_by_id, decided_at)
         VALUES ($1, $2, 'approved', 'root', $2, now())`,
        [wish.id, root.personId],
      ),
    ).rejects.toThrow(/four_eyes/);
    // Nor can the requester be misstated.
    await expect(
      world.sql(
        "web",
        {},
        `INSERT INTO catalog_decision (proposal_id, requested_by_id, outcome, decided_by, decided_by_id, decided_at)
         VALUES ($1, $2, 'approved', 'root', $3, now())`,
        [wish.id, second.personId, root.personId],
      ),
    ).rejects.toThrow(/foreign key/);
    await asWeb(() => withdrawCatalog(root, wish));
  });

  it("can be asked for by a person alone: no job of ours is the first of two", async () => {
    const { version } = await current();
    const draft = await germanUs();
    const job = { kind: "system", job: "test" } as const;
    expect(
      await refusalOf(asWeb(() => publishCatalog(job, { basedOn: version, reason, draft }))),
    ).toMatchObject({ code: "forbidden" });
  });
});

describe("what is not published", () => {
  it("409: a draft that another publication has overtaken, also when both come at once", async () => {
    const { version } = await current();
    const both = await Promise.allSettled([
      publish(edits(cellEdit("no")), version),
      publish(edits(cellEdit("unknown")), version),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await refusalOf(publish(edits(cellEdit("yes")), version))).toMatchObject({ code: "conflict" });
  });

  it("403: anything by somebody who administers only a tenant", async () => {
    const { version } = await current();
    const input = { basedOn: version, reason, draft: edits(cellEdit("unlisted")) };
    const admin = await world.addPerson("tenant-admin", { bank: "admin" });
    for (const actor of [officer, admin])
      expect(await refusalOf(asWeb(() => publishCatalog(actor, input)))).toMatchObject({ code: "forbidden" });
    expect((await current()).version).toBe(version);
  });

  it("400: a draft that changes nothing, or holds together badly, with the path of what is wrong", async () => {
    const { catalog } = await current();
    const nothing = await refusalOf(publish({ kind: "import", catalog }));
    expect(nothing).toMatchObject({ code: "invalid_input", fields: [] });
    const host = { ...basis, host: "llm.bank.example", provider: "openai", region: "eu" } as const;
    const bad = await refusalOf(
      publish(
        edits({ kind: "put", table: "hosts", row: { ...host, transport: "public", azure: null, note: "" } }),
      ),
    );
    expect(bad).toMatchObject({ code: "invalid_input", fields: [{ field: "hosts.llm.bank.example.host" }] });
  });

  it("400: a catalog without a region that a tenant's policy sends calls to, and says whose to those who may know", async () => {
    await world.addTenant("stored-uk", {
      preset: "at_rest_gb",
      homeRegion: "gb",
      acceptance: {
        acceptedBy: "M. Roth",
        reason: "OpenAI lists no processing in the United Kingdom.",
        reviewOn: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
      },
    });
    const { catalog } = await current();
    const without = (code: string): CatalogDraft => {
      const cells = <Row extends { storage: object; processing: object }>(rows: readonly Row[]) =>
        rows.map((row) => ({ ...row, storage: omit(row.storage), processing: omit(row.processing) }));
      const omit = (map: object) => Object.fromEntries(Object.entries(map).filter(([key]) => key !== code));
      return {
        kind: "import",
        catalog: {
          ...catalog,
          regions: catalog.regions.filter((row) => row.code !== code),
          hosts: catalog.hosts.filter((row) => row.region !== code),
          lookalikes: catalog.lookalikes.filter(({ rightHost }) => !rightHost.startsWith(`${code}.`)),
          endpoints: cells(catalog.endpoints).map((row) => ({
            ...row,
            processingModels: omit(row.processingModels) as typeof row.processingModels,
          })),
          models: cells(catalog.models),
          features: cells(catalog.features),
        },
      };
    };
    expect(await refusalOf(publish(without("gb")))).toMatchObject({
      code: "invalid_input",
      fields: [
        {
          field: "regions.gb",
          message: "It cannot go: the policies of stored-uk send calls there. Change that first.",
        },
      ],
    });
    const { problems } = await asWeb(() => previewCatalog(officer, without("gb")));
    expect(problems).toEqual([
      {
        path: "regions.gb",
        message: "It cannot go: the policy of one tenant sends calls there. Change that first.",
      },
    ]);
    expect((await asWeb(() => previewCatalog(officer, without("kr")))).problems).toEqual([]);
  });
});

describe("a confirmation", () => {
  const ref = { table: "endpoints", id: "/v1/embeddings" } as const;
  const statement = "Compared with the provider's page, every region.";
  const isDue = async () => (await current()).due.some(({ id }) => id === ref.id);

  it("takes the row off the list of what is due, by name, and holds for the row as it reads", async () => {
    expect(await isDue()).toBe(true);
    const { version } = await current();
    await asWeb(() => confirmRow(root, { version, ...ref, statement }));
    expect(await isDue()).toBe(false);
    const row = (await current()).catalog.endpoints.find(({ path }) => path === ref.id);
    expect(row?.processing.eu?.confirmedBy).toEqual({ name: "root", on: expect.stringMatching(/^\d{4}-/) });

    await publish(edits(cellEdit("no", "jp")));
    expect(await isDue()).toBe(false);
    await publish(edits({ ...cellEdit("yes", "jp"), id: ref.id } as CatalogEdit));
    expect(await isDue()).toBe(true);
  });

  it("is refused for a version that is no longer the newest", async () => {
    expect(await refusalOf(asWeb(() => confirmRow(root, { version: 1, ...ref, statement })))).toMatchObject({
      code: "conflict",
    });
  });
});

describe("an import", () => {
  it("is published as what it says, with number and confirmations of its own", async () => {
    const { catalog, version } = await current();
    const forged = { name: "Somebody", on: "2026-11-22" };
    const endpoints = catalog.endpoints.map((row) =>
      row.path === "/v1/files"
        ? { ...row, note: "Changed.", retention: { ...row.retention, confirmedBy: forged } }
        : row,
    );
    const imported = { ...catalog, version: 77, edition: 77, endpoints };
    expect(await publish({ kind: "import", catalog: imported })).toMatchObject({ origin: "imported" });
    const now = await current();
    expect(now.version).toBe(version + 1);
    expect(now.edition).toBe(openaiCatalog.edition);
    const files = now.catalog.endpoints.find(({ path }) => path === "/v1/files");
    expect(files).toMatchObject({ note: "Changed.", retention: { confirmedBy: null } });
  });
});

describe("a newer shipped table", () => {
  it("is offered as a change, keeps what was added here, and is adopted by publishing it", async () => {
    const { version, catalog, offer } = await current();
    expect(offer).toBeNull();
    expect(await refusalOf(asWeb(() => previewCatalog(root, { kind: "edition" })))).toMatchObject({
      code: "conflict",
    });
    // The deployment as it stood before this program came: on an older table, with an addition of its own.
    const older = {
      ...openaiCatalog,
      edition: 1,
      models: openaiCatalog.models.filter(({ id }) => id !== "o1-pro"),
    };
    const ours: Catalog = {
      ...older,
      version: version + 1,
      sources: [...older.sources, { id: "mine", title: "Contract", url: null, readOn: "2026-11-22" }],
      endpoints: catalog.endpoints,
    };
    const insert = (table: string, columns: string, body: Catalog, ...values: unknown[]) => {
      const text = canonicalJson(body);
      const all = [...values, sha256Hex(text), text];
      return world.sql(
        "owner",
        {},
        `INSERT INTO ${table} (${columns}, sha256, body) VALUES (${all.map((_, at) => `$${at + 1}`)})`,
        all,
      );
    };
    await insert("catalog_edition", "edition", older, 1);
    await insert(
      "catalog_version",
      "version, as_of, edition, based_on",
      ours,
      ours.version,
      "2026-11-22",
      1,
      version,
    );

    expect((await current()).offer).toEqual({ edition: openaiCatalog.edition, asOf: openaiCatalog.asOf });
    const preview = await asWeb(() => previewCatalog(root, { kind: "edition" }));
    expect(preview.changes.map(({ sentence }) => sentence)).toEqual(["Model o1-pro is added."]);
    expect(preview.problems).toEqual([]);
    expect(await publish({ kind: "edition" })).toMatchObject({
      origin: "edition",
      edition: openaiCatalog.edition,
    });
    const merged = (await current()).catalog;
    expect(merged.sources.map(({ id }) => id)).toContain("mine");
    expect(merged.endpoints.find(({ path }) => path === "/v1/files")?.note).toBe("Changed.");
    expect((await current()).offer).toBeNull();
  });
});

describe("what was published, confirmed, adopted and listed", () => {
  it.each([
    "catalog_version",
    "catalog_edition",
    "catalog_confirmation",
    "catalog_adoption",
    "catalog_proposal",
    "catalog_decision",
  ])("%s is never changed, not by its owner either", async (table) => {
    const scope = { read: [tenant.id], write: tenant.id };
    expect(await world.sql("owner", scope, `SELECT 1 FROM ${table} LIMIT 1`)).toHaveLength(1);
    const column =
      table === "catalog_edition" || table === "catalog_proposal"
        ? "edition"
        : table === "catalog_decision"
          ? "note"
          : "version";
    // A tenant's rows cannot even be seen for a change; a change of none is no change.
    for (const role of ["web", "gateway", "worker", "owner"] as const)
      for (const text of [
        `UPDATE ${table} SET ${column} = 99`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ])
        expect(
          await world
            .sql(role, scope, `${text}${text.startsWith("TRUNCATE") ? "" : " RETURNING 1"}`)
            .catch((error: Error) => (/permission denied|is refused/.test(error.message) ? [] : [error])),
          `${role}: ${text}`,
        ).toEqual([]);
  });

  it("is written by nobody who should not: the gateway confirms nothing and adopts nothing", async () => {
    const scope = { read: [tenant.id], write: tenant.id };
    for (const table of ["catalog_confirmation", "catalog_adoption", "catalog_proposal", "catalog_decision"])
      await expect(world.sql("gateway", scope, `SELECT 1 FROM ${table}`)).rejects.toThrow(
        /permission denied/,
      );
  });
});
