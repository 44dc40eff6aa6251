import fs from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import type { CallPage } from "../lib/contracts/calls.ts";
import type { CheckpointPage, LogDetail } from "../lib/contracts/ledger.ts";
import { readTrustRoot } from "../lib/core/ledger/trust-root.ts";
import { verifyConsistencyFile } from "../lib/core/ledger/verify-consistency-file.ts";
import { verifyEntryProof } from "../lib/core/ledger/verify-entry-proof.ts";
import { nodeCrypto } from "../lib/services/ledger/node-crypto.ts";
import { minutesAround } from "./fixtures/minutes-around.ts";
import { asSuperuser } from "./fixtures/superuser-database.ts";
import { expect, test } from "./fixtures/test.ts";

const bank = "nordbank-apps";
/** The signer is waited for. */
const signing = { timeout: 60_000, intervals: [500] };

test.describe("the ledger", () => {
  test("answers whether each record is whole, and leads from the list of logs to one of them", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    await signed(page, bank, 1);
    await page.goto("/");
    const line = page.getByRole("region", { name: "Ledger" });
    await expect(line).toContainText(/record/);
    await line.getByRole("link", { name: "Open the ledger" }).click();
    await expect(page).toHaveURL(/\/ledger$/);
    await expect(page.getByTestId("ledger-answer")).toHaveText(
      /Nothing contradicts the record|record is whole/,
    );
    await expect(page.getByText("The deployment itself")).toHaveCount(0);
    await page.getByRole("row", { name: /Nordbank branch applications/ }).click();
    await expect(page).toHaveURL(`/ledger?tenant=${bank}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Ledger of Nordbank branch applications",
    );
    await expect(page.getByText("Every recorded call is in the ledger")).toBeVisible();
    const keys = page.getByRole("region", { name: "Keys of this log" });
    await expect(keys.getByText("In force")).toHaveCount(2);
    await page.getByRole("link", { name: "All logs" }).click();
    await expect(page).toHaveURL(/\/ledger$/);
  });

  test("proves a call: the browser checks the proof, and so does whoever downloads it", async ({
    page,
    signIn,
  }) => {
    await signIn("auditor");
    await signed(page, bank, 1);
    const { id } = await someCall(page, bank);
    await page.goto(`/calls?tenant=${bank}&range=60d&call=${id}`);
    const part = page
      .locator("section", { has: page.getByRole("heading", { name: "Proof", exact: true }) })
      .last();
    await expect(part).toContainText(
      "Checked in this browser just now: the entry's bytes hash into the checkpoint",
    );
    await expect(part).toContainText("compare its fingerprint");
    await part.getByText("What the entry says", { exact: true }).click();
    await expect(part.getByRole("region", { name: "entry" })).toContainText(`"id": "${id}"`);

    const file = await downloaded(page, () => part.getByRole("link", { name: "Download the proof" }).click());
    expect(file.name).toBe(`${id}.tlog-proof`);
    const trustRoot = await trustRootOf(page);
    expect(verifyEntryProof(nodeCrypto, { file: file.text, trustRoot }).verdict).toBe("PASS");
    const changed = file.text.replace(/^(extra .)./m, "$1A");
    expect(verifyEntryProof(nodeCrypto, { file: changed, trustRoot }).verdict).toBe("FAIL");
    expect(verifyEntryProof(nodeCrypto, { file: file.text, trustRoot: null }).verdict).toBe("UNVERIFIABLE");
  });

  test("gives checkpoints to keep, and proves that a later one goes on from the one that was kept", async ({
    page,
    signIn,
  }) => {
    test.slow();
    await signIn("admin");
    const tenant = await makeTenant(page);
    const { size = 0 } = (await signed(page, tenant, 1)).checkpoint ?? {};
    const key = await page.request.post("/api/keys", {
      data: {
        tenant,
        name: "One",
        kind: "gateway",
        application: "One",
        environment: "test",
        purpose: "",
        target: "policy",
      },
    });
    expect(key.status(), await key.text()).toBe(201);
    await signed(page, tenant, size + 1);

    await page.goto(`/ledger?tenant=${tenant}`);
    const notes = page.getByRole("link", { name: /^Note of the checkpoint of size/ });
    const kept = await downloaded(page, () => notes.last().click());
    expect(kept.name).toMatch(new RegExp(`^${tenant}-e1-[0-9]+\\.checkpoint$`));
    const proof = await downloaded(page, () =>
      page.getByRole("link", { name: "Download the proof" }).click(),
    );
    const trustRoot = await trustRootOf(page);
    const found = verifyConsistencyFile(nodeCrypto, {
      file: proof.text,
      oldCheckpoint: kept.text,
      trustRoot,
    });
    expect(found.checks.filter(({ result }) => result !== "PASS")).toEqual([]);
    expect(found.verdict).toBe("PASS");

    await page.context().clearCookies();
    await signIn("auditor");
    const [newest] = (
      (await (await page.request.get(`/api/ledger/checkpoints?tenant=${bank}`)).json()) as CheckpointPage
    ).items;
    const at = encodeURIComponent(newest?.signedAt ?? "");
    for (const foreign of [
      `/api/ledger?tenant=${tenant}`,
      `/api/ledger/log?tenant=${tenant}`,
      `/api/ledger/checkpoints?tenant=${tenant}`,
      `/api/ledger/checkpoints/note?tenant=${tenant}&epoch=1&size=1&at=${at}`,
      `/api/ledger/consistency?tenant=${tenant}&epoch=1&from=1&to=2`,
    ])
      expect((await page.request.get(foreign)).status(), foreign).toBe(404);
    expect((await page.request.get("/api/ledger/log?log=system")).status()).toBe(403);
  });

  test("hands every file over as one to keep, of its type, never cached", async ({ page, signIn }) => {
    await signIn("auditor");
    await signed(page, bank, 1);
    const { items } = (await (
      await page.request.get(`/api/ledger/checkpoints?tenant=${bank}`)
    ).json()) as CheckpointPage;
    const { epoch, size, signedAt } = items[0] ?? { epoch: 0, size: 0, signedAt: "" };
    const note = `/api/ledger/checkpoints/note?tenant=${bank}&epoch=${epoch}&size=${size}&at=${encodeURIComponent(signedAt)}`;
    for (const [path, type] of [
      [note, "text/plain; charset=utf-8"],
      [`/api/calls/${(await someCall(page, bank)).id}/proof/file`, "text/plain; charset=utf-8"],
      ["/api/ledger/trust-root", "application/json"],
    ] as const) {
      const answer = await page.request.get(path);
      expect(answer.status(), path).toBe(200);
      expect(answer.headers()).toMatchObject({
        "content-type": type,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "content-disposition": expect.stringMatching(/^attachment; filename="[a-z0-9.-]+"$/),
      });
      expect((await page.request.post(path, { data: {} })).status(), path).toBe(405);
    }
    await page.context().clearCookies();
    for (const path of ["/api/ledger", note, "/api/ledger/trust-root"])
      expect((await page.request.get(path)).status(), path).toBe(401);
  });

  test("says that a log is frozen, why, and what to do, when somebody changed the database", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    test.slow();
    await signIn("admin");
    const tenant = await makeTenant(page);
    const { origin } = await signed(page, tenant, 1);
    await asSuperuser((client) =>
      client.query(
        `BEGIN;
         ALTER TABLE ledger_batch DISABLE TRIGGER keep_row;
         UPDATE ledger_batch b SET root = sha256('another history') FROM ledger_log l
          WHERE l.origin = '${origin}' AND b.tenant_id = l.tenant_id
            AND b.end_index = (SELECT max(end_index) FROM ledger_batch WHERE tenant_id = l.tenant_id);
         ALTER TABLE ledger_batch ENABLE ALWAYS TRIGGER keep_row;
         COMMIT`,
      ),
    );
    await expect.poll(async () => (await logOf(page, tenant)).state, signing).toBe("frozen");
    await page.goto(`/ledger?tenant=${tenant}`);
    await expect(page.getByTestId("ledger-answer")).toHaveText(
      /^This log is frozen: nothing has been signed since/,
    );
    await expect(page.getByText("What was found.")).toBeVisible();
    await expect(page.getByText("What to do.")).toBeVisible();
    await expect(page.getByRole("region", { name: "Signer" })).toContainText("Log frozen");
    await expectAccessible();
    await page.goto("/ledger");
    await expect(page.getByTestId("ledger-answer")).toContainText("frozen");
    await expect(page.getByRole("row", { name: /The deployment itself/ })).toBeVisible();
  });

  test("says so when it cannot be read, and recovers", async ({ page, signIn, allowConsole }) => {
    allowConsole(/50[03]|Failed to load/);
    await signIn("officer");
    await page.goto(`/ledger?tenant=${bank}`);
    await page.route("**/api/ledger/log?*", (route) => route.fulfill({ status: 500, body: "no" }));
    await expect(page.getByText("The ledger could not be brought up to date")).toBeVisible();
    await expect(page.getByTestId("ledger-answer")).toBeVisible();
    await page.unroute("**/api/ledger/log?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("The ledger could not be brought up to date")).toHaveCount(0);
  });

  test("leaves axe nothing to find, in every look", async ({ page, signIn, expectAccessibleInEveryLook }) => {
    test.slow();
    await signIn("auditor");
    await signed(page, bank, 1);
    await page.goto("/ledger");
    await expect(page.getByTestId("ledger-answer")).toBeVisible();
    await expectAccessibleInEveryLook();
    await page.goto(`/ledger?tenant=${bank}`);
    await expect(page.getByRole("link", { name: "Download the proof" })).toBeVisible();
    await expectAccessibleInEveryLook();
    const { id, startedAt } = await someCall(page, bank);
    await page.goto(`/calls?tenant=${bank}&${minutesAround(startedAt, 5)}&call=${id}`);
    await expect(page.getByText("Checked in this browser just now")).toBeVisible();
    await page.getByText("What was checked").click();
    await page.getByText("What the entry says", { exact: true }).click();
    await expectAccessibleInEveryLook();
  });
});

async function logOf(page: Page, tenant: string): Promise<LogDetail> {
  return (await (await page.request.get(`/api/ledger/log?tenant=${tenant}`)).json()) as LogDetail;
}

/** Waits until a checkpoint of at least this size is there. */
async function signed(page: Page, tenant: string, size: number): Promise<LogDetail> {
  await expect
    .poll(async () => (await logOf(page, tenant)).checkpoint?.size ?? 0, signing)
    .toBeGreaterThanOrEqual(size);
  return logOf(page, tenant);
}

/** A tenant just made, of which nobody but its maker is a member. */
async function makeTenant(page: Page): Promise<string> {
  const slug = `ledger-${Date.now().toString(36)}`;
  const answer = await page.request.post("/api/tenants", {
    data: {
      name: "Ledger bank",
      slug,
      mode: "simulated",
      preset: "eea_ch",
      homeRegion: "eu",
      enforcement: "block",
      acceptance: null,
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return slug;
}

/** The oldest call of the demo that a page shows, long under a checkpoint. */
async function someCall(page: Page, tenant: string): Promise<CallPage["items"][number]> {
  const answer = await page.request.get(`/api/calls?tenant=${tenant}&range=30d&limit=20`);
  const call = ((await answer.json()) as CallPage).items.at(-1);
  if (call === undefined) throw new Error("the demo has no call of this tenant");
  return call;
}

async function trustRootOf(page: Page) {
  return readTrustRoot(await (await page.request.get("/api/ledger/trust-root")).text());
}

async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent("download");
  await click();
  const download: Download = await waiting;
  return { name: download.suggestedFilename(), text: await fs.readFile(await download.path(), "utf8") };
}
