import { afterAll, beforeAll, expect, it } from "vitest";
import { policyFromPreset } from "../../core/policies/presets.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { resolveFinding } from "../findings/resolve-finding.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { approveProposal } from "./decide-proposal.ts";
import { savePolicy } from "./save-policy.ts";
import { watchAcceptances } from "./watch-acceptances.ts";

const dayMs = 86_400_000;
const dayAfter = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const acceptance = {
  acceptedBy: "M. Roth",
  reason: "OpenAI lists no processing in the United Kingdom.",
  reviewOn: dayAfter(90),
};
let world: StoreWorld;
let bank: StoreTenant;
let ann: PersonActor;
let ben: PersonActor;
beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank", { preset: "at_rest_gb", homeRegion: "gb", acceptance });
  await world.addTenant("needs-none");
  ann = await world.addPerson("ann", { bank: "admin" });
  ben = await world.addPerson("ben", { bank: "admin" });
});
afterAll(() => world.drop());

/** At noon of that many days before (minus) or after the day of review. */
const noon = (days: number) => new Date(Date.parse(`${acceptance.reviewOn}T12:00:00Z`) + days * dayMs);
const watch = (days: number) => world.as("worker", () => watchAcceptances(noon(days)));
const stored = <Row extends object>(text: string) => world.sql<Row>("owner", { read: [bank.id] }, text);
const states = () => stored("SELECT state FROM finding WHERE cause = 'acceptance_due'");
const history = () =>
  stored<{ kind: string; note: string }>(
    "SELECT kind, note FROM finding_event WHERE actor = 'Domicile' ORDER BY at",
  );
const resolve = async (days: number) => {
  const [row] = await stored<{ id: string }>("SELECT id FROM finding WHERE cause = 'acceptance_due'");
  await world.as("web", () =>
    resolveFinding(
      ann,
      { id: row?.id ?? "", resolution: "config_fix", note: "The board looks at it next week." },
      { at: noon(days) },
    ),
  );
};

it("tells of an acceptance 14 days before its day of review, once, and of no other tenant's", async () => {
  expect(await watch(-15)).toEqual({ opened: 0, closed: 0 });
  expect(await watch(-14)).toEqual({ opened: 1, closed: 0 });
  expect(await watch(-13)).toEqual({ opened: 0, closed: 0 });
  expect(await states()).toEqual([{ state: "open" }]);
  expect((await history())[0]?.note).toBe(
    `The acceptance that inference runs elsewhere is to be reviewed by ${acceptance.reviewOn}.`,
  );
});

it("says once more when the day has passed, also where people had resolved it before", async () => {
  await watch(0);
  expect(await history()).toHaveLength(1);
  await watch(1);
  await watch(2);
  const said = await history();
  expect(said.map(({ kind }) => kind)).toEqual(["opened", "commented"]);
  expect(said[1]?.note).toMatch(/was to be reviewed by .*; nobody renewed it\.$/);

  // As if that had been done before the day.
  await world.sql(
    "owner",
    { read: [bank.id], write: bank.id },
    "UPDATE finding SET state = 'resolved', resolution = 'config_fix', resolved_at = $1 WHERE cause = 'acceptance_due'",
    [noon(-5)],
  );
  expect(await watch(3)).toEqual({ opened: 1, closed: 0 });
  expect(await states()).toEqual([{ state: "open" }]);
  // Whoever resolves it knowing that the day has passed is left alone.
  await resolve(4);
  expect(await watch(5)).toEqual({ opened: 0, closed: 0 });
});

it("closes it when a newer version renews the acceptance, and says each step in the tenant's log", async () => {
  await world.sql(
    "owner",
    { read: [bank.id], write: bank.id },
    "UPDATE finding SET state = 'open', resolution = NULL, resolved_at = NULL WHERE cause = 'acceptance_due'",
  );
  const policy = policyFromPreset("at_rest_gb", {
    homeRegion: "gb",
    enforcement: { mode: "block" },
    acceptance: { ...acceptance, reviewOn: dayAfter(300) },
  });
  await world.as("web", async () => {
    const reason = "The board looked at it, and accepts it for some months more.";
    const saved = await savePolicy(ann, { tenant: "bank", policy: { ...policy }, reason, baseVersion: 1 });
    if (saved.kind !== "proposed") throw new Error("To prolong an acceptance needs a second person.");
    await approveProposal(ben, { tenant: "bank", id: saved.id, note: "" });
  });
  expect(await watch(6)).toEqual({ opened: 0, closed: 1 });
  expect(await states()).toEqual([{ state: "resolved" }]);
  const entries = await stored<{ kind: string }>(
    "SELECT kind FROM audit_event WHERE actor = 'system' AND detail->>'cause' = 'acceptance_due' ORDER BY at, id",
  );
  expect(entries.map(({ kind }) => kind)).toEqual([
    "finding.opened",
    "finding.commented",
    "finding.reopened",
    "finding.resolved",
  ]);
});
