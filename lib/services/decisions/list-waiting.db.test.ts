import { afterAll, beforeAll, expect, it } from "vitest";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { createStoreWorld, type StoreWorld } from "../../testing/store-world.ts";
import { withdrawCatalog } from "../catalog/decide-catalog.ts";
import { publishCatalog } from "../catalog/publish-catalog.ts";
import { approveProposal } from "../policies/decide-proposal.ts";
import { getPolicies } from "../policies/get-policies.ts";
import { savePolicy } from "../policies/save-policy.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { listWaiting } from "./list-waiting.ts";

let world: StoreWorld;
beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("bank");
  await world.addTenant("other");
});
afterAll(() => world?.drop());

it("shows what was asked for to everybody who may decide it, as his own to who asked, and to nobody else", async () => {
  const [ada, otto] = [
    await world.addPerson("ada", { bank: "admin" }),
    await world.addPerson("otto", { bank: "officer" }),
  ];
  const [aud, eve] = [
    await world.addPerson("aud", { bank: "auditor" }),
    await world.addPerson("eve", { other: "admin" }),
  ];
  const waiting = (actor: PersonActor, at?: Date) => world.as("web", () => listWaiting(actor, {}, at));
  expect(await waiting(otto)).toEqual([]);
  const { versions } = await world.as("web", () => getPolicies(ada, "bank"));
  const before = versions[0]?.policy;
  if (!before) throw new Error("The tenant has no policy.");
  const anywhere = { ...before.claims, storage: { kind: "any" } as const };
  const wider = parsePolicy({ ...before, preset: "custom", claims: anywhere });
  const reason = "A wider rule for the test of what waits.";
  const saved = await world.as("web", () =>
    savePolicy(ada, { tenant: "bank", policy: { ...wider }, reason, baseVersion: 1 }),
  );
  if (saved.kind !== "proposed") throw new Error("It was saved at once.");
  const item = { id: saved.id, tenant: "bank", request: "policy", requestedBy: "ada", findingId: null };
  expect(await waiting(otto)).toMatchObject([{ ...item, isMine: false, expiresAt: saved.expiresAt }]);
  expect(await waiting(ada)).toMatchObject([{ ...item, isMine: true }]);
  expect(await waiting(aud)).toEqual([]);
  expect(await waiting(eve)).toEqual([]);
  // What has lapsed waits for nobody.
  expect(await waiting(otto, new Date(Date.parse(saved.expiresAt) + 1_000))).toEqual([]);
  await world.as("web", () => approveProposal(otto, { tenant: "bank", id: saved.id, note: "" }));
  expect(await waiting(ada)).toEqual([]);
});

it("shows a catalog that waits to administrators of the deployment, whichever tenant they look at, and to nobody else", async () => {
  const root = await world.addPerson("root", { bank: "admin" });
  const second = await world.addPerson("root", { other: "auditor" });
  const admin = await world.addPerson("amy", { bank: "admin" });
  const us = openaiCatalog.regions.find(({ code }) => code === "us");
  if (!us) throw new Error("The catalog has the United States.");
  const waiting = (actor: PersonActor, tenant?: string, at?: Date) =>
    world.as("web", () => listWaiting(actor, { tenant }, at));
  const asked = await world.as("web", () =>
    publishCatalog(root, {
      basedOn: 1,
      reason: "A wider catalog for the test of what waits.",
      draft: { kind: "edits", edits: [{ kind: "put", table: "regions", row: { ...us, countries: ["DE"] } }] },
    }),
  );
  if (asked.kind !== "proposed") throw new Error("It was published at once.");
  const item = { id: asked.id, tenant: null, request: "catalog", requestedBy: "root", findingId: null };
  expect(await waiting(second)).toMatchObject([{ ...item, isMine: false }]);
  expect(await waiting(second, "other")).toMatchObject([{ ...item, isMine: false }]);
  expect(await waiting(root, "bank")).toMatchObject([{ ...item, isMine: true }]);
  expect(await waiting(admin)).toEqual([]);
  const [seen] = await waiting(second);
  expect(await waiting(second, undefined, new Date(Date.parse(seen?.expiresAt ?? "") + 1_000))).toEqual([]);
  await world.as("web", () => withdrawCatalog(root, { id: asked.id, note: "Not yet." }));
  expect(await waiting(second)).toEqual([]);
});
