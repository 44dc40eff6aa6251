import fs from "node:fs";
import type { Page } from "@playwright/test";
import { samplePack } from "../lib/core/ledger/pack/testing/sample-pack.ts";
import { sampleTrustRoot } from "../lib/core/ledger/testing/sample-log.ts";
import { expect, test } from "./fixtures/test.ts";

const trust = {
  name: "trust-root.json",
  mimeType: "application/json",
  buffer: Buffer.from(JSON.stringify(sampleTrustRoot())),
};
const zip = (buffer: Buffer) => ({ name: "domicile-nordbank.zip", mimeType: "application/zip", buffer });

async function verify(page: Page, pack: Buffer, withTrust = true): Promise<void> {
  await page.getByLabel("Report pack", { exact: true }).setInputFiles(zip(pack));
  if (withTrust) await page.getByLabel("Trust root", { exact: true }).setInputFiles(trust);
  await page.getByRole("button", { name: "Verify", exact: true }).click();
}

test.describe("a pack in the page", () => {
  test("is verified without login and without the network, and no file leaves", async ({ page, context }) => {
    await page.goto("/verify");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Verify a report pack");
    const requests: string[] = [];
    // A thread answers once its program is there.
    await expect.poll(() => page.workers().length).toBe(2);
    await Promise.all(page.workers().map((worker) => worker.evaluate(() => true)));
    await page.waitForLoadState("networkidle");
    page.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
    await context.setOffline(true);
    await verify(page, samplePack().zip);
    const result = page.getByTestId("verify-result");
    await expect(result.getByRole("heading", { level: 2 }).first()).toContainText("PASS");
    await expect(result).toContainText("10 calls judged again");
    await expect(result).toContainText("says nothing about compliance");
    expect(requests).toEqual([]);
    await context.setOffline(false);
  });

  test("that was tampered with shows where it broke, and one without a trust root is never sure", async ({
    page,
    expectAccessible,
  }) => {
    await page.goto("/verify");
    const tampered = samplePack({
      line: (line, index) =>
        index === 7
          ? Buffer.from(Buffer.from(line).toString().replace("eu.api.openai.com", "us.api.openai.com"))
          : line,
    });
    await verify(page, tampered.zip);
    const result = page.getByTestId("verify-result");
    await expect(result.getByRole("heading", { level: 2 }).first()).toContainText("FAIL");
    await expect(result.getByRole("region", { name: "Where it breaks" })).toContainText("Entry 7");
    await expectAccessible();
    await page.getByRole("button", { name: "Remove trust root" }).click();
    await verify(page, samplePack().zip, false);
    await expect(result.getByRole("heading", { level: 2 }).first()).toContainText("UNVERIFIABLE");
    await verify(page, Buffer.from("no archive at all"), false);
    await expect(result).toContainText("The archive is none");
  });

  test("offers the verifier as one file, with its fingerprint", async ({ page, request }) => {
    await page.goto("/verify");
    const answer = await request.get("/verify/domicile-verify.mjs");
    expect(answer.status()).toBe(200);
    expect((await answer.text()).startsWith("// Domicile's verifier")).toBe(true);
    await expect(page.getByRole("link", { name: "Download domicile-verify.mjs" })).toBeVisible();
    expect(fs.existsSync("public/verify/domicile-verify.mjs")).toBe(true);
  });
});
