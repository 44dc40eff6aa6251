import { type DatabaseGate, openDatabaseGate } from "./fixtures/database-gate.ts";
import { readDemo } from "./fixtures/demo.ts";
import { type SecondWeb, startSecondWeb } from "./fixtures/second-of-each.ts";
import { expect, test } from "./fixtures/test.ts";

// One more web whose way to the database can be shut; the product that other specs use is left alone.
let gate: DatabaseGate;
let web: SecondWeb;
test.beforeAll(async () => {
  gate = await openDatabaseGate();
  web = await startSecondWeb(readDemo(), gate.url);
});
test.afterAll(async () => {
  await web?.stop();
  await gate?.close();
});
test.beforeEach(({ allowConsole }) => {
  gate.open();
  // What the browser says of an answer 500, and React of the error it was given.
  allowConsole(/500|An error occurred in the Server Components render|Minified React error/);
});

const failed = { name: "This page could not be shown" };

test.describe("with the database away", () => {
  for (const path of ["/", "/usage", "/login", "/settings/tenants"])
    test(`${path} says that it failed, and shows itself when it is asked again`, async ({ page, signIn }) => {
      // Pages of a process that has just started.
      test.slow();
      await signIn("officer");
      gate.shut();
      await page.goto(`${web.web}${path}`);
      const alert = page.getByRole("alert").filter({ hasText: failed.name });
      await expect(alert).toContainText("Nothing was changed.");
      await expect(page.getByRole("main")).toHaveCount(1);
      gate.open();
      await alert.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
      await expect(alert).toHaveCount(0);
    });

  test("the log has a line of ours for each failure, and no word of what failed", async ({
    page,
    signIn,
  }) => {
    test.slow();
    await signIn("officer");
    gate.shut();
    await page.goto(`${web.web}/findings`);
    await expect(page.getByRole("alert").filter({ hasText: failed.name })).toBeVisible();
    // A line may be half written.
    const lines = () => web.output().split("\n").slice(1, -1);
    await expect.poll(() => lines().some((line) => line.includes('"page failed"'))).toBe(true);
    for (const line of lines()) expect(() => JSON.parse(line), line).not.toThrow();
    // What the database's client says in the error's message.
    expect(web.output()).not.toContain(`:${new URL(gate.url).port}`);
    expect(web.output()).not.toContain("Can't reach");
  });

  test("the failed page is readable in every look, and names no cause", async ({
    page,
    signIn,
    expectAccessibleInEveryLook,
  }) => {
    test.slow();
    await signIn("officer");
    gate.shut();
    await page.goto(`${web.web}/calls`);
    await expect(page.getByRole("alert").filter({ hasText: failed.name })).toBeVisible();
    await expect(page.locator("body")).not.toContainText(/prisma|postgres|ECONN|127\.0\.0\.1/i);
    await expectAccessibleInEveryLook();
  });
});
