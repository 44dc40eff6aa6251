import { readFile } from "node:fs/promises";
import type { Usage } from "../lib/contracts/usage.ts";
import { expect, test } from "./fixtures/test.ts";

test.describe("usage", () => {
  test("counts every call once by what was chosen, and leads to the calls of a row", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/usage?range=30d");
    const main = page.getByRole("main");
    await expect(main).toContainText(/\d calls, [\d.]+\s% of them: /);
    await expectAccessible();
    await page.getByRole("button", { name: "Model", exact: true }).click();
    await expect(page).toHaveURL(/by=model/);
    const answer = await page.request.get("/api/usage?range=30d&by=model");
    const { rows, total } = (await answer.json()) as Usage;
    expect(rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(total.calls);
    await page.getByRole("button", { name: "Export" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("dialog", { name: "Export figures" }).getByRole("link", { name: "Download" }).click(),
    ]);
    const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(rows.length + 2);
    expect(lines[1]).toContain(rows[0]?.key ?? "");
    const named = rows.find(({ key }) => key.startsWith("gpt-"))?.key ?? "";
    await page.getByRole("link", { name: named, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/calls\\?.*model=${named}`));
  });

  test("shows what it cost with the regional uplift apart, and names what it does not know", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/usage?range=30d&show=cost");
    const main = page.getByRole("main");
    await expect(main).toContainText(/Cost: at least US\$/);
    await expect(page.getByRole("img", { name: /^Bars: cost per UTC day/ })).toBeVisible();
    const answer = await page.request.get("/api/usage?range=30d&by=region");
    const { rows, total, points } = (await answer.json()) as Usage;
    expect(rows.find(({ key }) => key === "eu")?.cost.upliftUsd).toBeGreaterThan(0);
    expect(rows.find(({ key }) => key === "global")?.cost.upliftUsd).toBe(0);
    expect(total.cost.unpricedCalls).toBeGreaterThan(0);
    const summed = points.reduce((sum, { cost }) => sum + cost.usd, 0);
    expect(summed).toBeCloseTo(total.cost.usd, 6);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible();
  });

  test("shows the main columns without scrolling sideways, and all of them when asked", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("officer");
    await page.goto("/usage?range=30d");
    const table = page.getByRole("table", { name: /^Calls, tokens, cost and bytes by/ });
    const hidden = () =>
      table.evaluate((element) => {
        const frame = element.parentElement ?? element;
        return frame.scrollWidth - frame.clientWidth;
      });
    await expect(table.getByRole("columnheader")).toHaveCount(10);
    expect(await hidden()).toBe(0);
    const toggle = page.getByRole("button", { name: "All columns" });
    await toggle.click();
    await expect(page).toHaveURL(/columns=all/);
    await expect(table.getByRole("columnheader")).toHaveCount(15);
    for (const row of await table.getByRole("row").all()) await expect(row.locator("th, td")).toHaveCount(15);
    expect(await hidden()).toBeGreaterThan(0);
    await expectAccessible();
    await toggle.click();
    await expect(table.getByRole("columnheader")).toHaveCount(10);
    for (const row of await table.getByRole("row").all()) await expect(row.locator("th, td")).toHaveCount(10);
  });

  test("narrows the page to a row, and takes that back", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/usage?range=30d");
    await page.getByRole("button", { name: "Narrow the page to Global endpoint" }).click();
    await expect(page).toHaveURL(/region=global/);
    await expect(page).toHaveURL(/by=model/);
    await expect(page.getByRole("button", { name: "Model", exact: true })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await page.getByRole("button", { name: "Remove filter Region: Global endpoint" }).click();
    await expect(page).not.toHaveURL(/region=global/);
  });

  test("tells a year by seven days, and a span drawn over it ends where the year does", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    await page.goto("/usage");
    await page.getByRole("button", { name: "Last 1 y" }).click();
    await expect(page).toHaveURL(/range=1y/);
    await expect(page.getByRole("img", { name: /^Bars: calls per 7 UTC days/ })).toBeVisible();
    await expect(
      page.getByText(/^Nothing to compare with: .* begins before the first recorded call$/),
    ).toBeVisible();
    await page.getByText("Show as a table").first().click();
    const rows = page.getByRole("table", { name: "calls per 7 UTC days" }).locator("tbody tr");
    await expect(rows).toHaveCount(53);
    const chart = page.locator(".recharts-wrapper").first();
    const box = await chart.boundingBox();
    if (!box) throw new Error("the chart has no place on the page");
    const { window } = (await (await page.request.get("/api/usage?range=1y")).json()) as {
      window: { to: string };
    };
    await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 12, box.y + box.height / 2, { steps: 6 });
    await page.mouse.up();
    await expect(page).toHaveURL(/from=.+to=/);
    const to = new URL(page.url()).searchParams.get("to") ?? "";
    expect(Date.parse(to)).toBeLessThanOrEqual(Date.parse(window.to));
  });

  test("says so where the range holds no call", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/usage?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
    await expect(page.getByText("No call was recorded in this range")).toBeVisible();
  });
});
