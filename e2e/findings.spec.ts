import type { Page } from "@playwright/test";
import type { FindingPage } from "../lib/contracts/findings.ts";
import { expect, test } from "./fixtures/test.ts";

async function openFindings(page: Page): Promise<FindingPage["items"]> {
  const answer = await page.request.get("/api/findings?state=open&limit=200");
  return ((await answer.json()) as FindingPage).items;
}

test.describe("findings", () => {
  test("stand under their severity, worst first, and count what is to do", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/findings");
    await expect(page.getByRole("main")).toContainText(/to work on/);
    const headings = await page.getByRole("main").getByRole("heading", { level: 2 }).allTextContents();
    const order = ["Critical", "High", "Medium", "Low"];
    expect(headings.length).toBeGreaterThan(0);
    expect(headings).toEqual(order.filter((severity) => headings.includes(severity)));
  });

  test("lead to what it means, what to do, and exactly the affected calls", async ({ page, signIn }) => {
    await signIn("officer");
    const [finding] = (await openFindings(page)).filter(({ cause }) => cause === "host_out_of_region");
    if (!finding) throw new Error("the demo has no open finding for a host outside policy");
    await page.goto(`/findings/${finding.id}`);
    await expect(
      page.getByText("Content was sent to an OpenAI host that the tenant's policy does not allow."),
    ).toBeVisible();
    await expect(page.getByRole("heading", { name: "History" })).toBeVisible();
    await page.getByRole("link", { name: "Show the affected calls" }).click();
    await expect(page).toHaveURL(/\/calls\?.*reason=host_out_of_region/);
    const verdicts = page.getByRole("table").locator("[data-verdict]");
    await expect(verdicts.first()).toHaveText("Outside policy");
    for (const verdict of await verdicts.all()) await expect(verdict).toHaveText("Outside policy");
  });

  test("are filtered by state and severity, in the address", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/findings");
    await page.getByRole("group", { name: "Severity" }).getByRole("button", { name: "Critical" }).click();
    await expect(page).toHaveURL(/severity=critical/);
    await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toHaveText(["Critical"]);
    await page
      .getByRole("group", { name: "State" })
      .getByRole("button", { name: /^Accepted/ })
      .click();
    await expect(page).toHaveURL(/state=accepted/);
    await expect(page.getByText("No finding matches these filters")).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toHaveText(["Critical"]);
  });

  test("are acknowledged, then resolved with how and what was done, and the history keeps both", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    const finding = (await openFindings(page)).at(-1);
    if (!finding) throw new Error("the demo has no open finding");
    await page.goto(`/findings/${finding.id}`);
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await expect(page.getByRole("button", { name: "Acknowledge" })).toHaveCount(0);

    await page.getByRole("button", { name: "Resolve", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What was done").fill("fixed");
    await dialog.getByRole("button", { name: "Resolve finding" }).click();
    await expect(dialog).toContainText("Choose how it was resolved.");
    await expect(dialog).toContainText("Say what was done, in at least 10 characters.");
    await dialog.getByRole("radio", { name: /Configuration fixed/ }).check();
    await dialog.getByLabel("What was done").fill("The base URL now names the regional host.");
    await dialog.getByLabel("Root cause").selectOption({ label: "Human error" });
    await dialog.getByLabel("How it came about").fill("A template of the project was copied.");
    await dialog.getByLabel("Corrective action").fill("The template names the regional host.");
    await dialog.getByLabel("Carried out by").fill("Platform team");
    await dialog.getByLabel("By the end of (UTC)").fill("2030-01-31");
    await dialog.getByRole("button", { name: "Resolve finding" }).click();
    await expect(dialog).toBeHidden();

    const analysis = page.getByRole("region", { name: "Cause and corrective action" });
    await expect(analysis).toContainText("Human error");
    await expect(page.getByRole("main")).toContainText("Clean for less than a day");
    await analysis.getByRole("button", { name: "Correct" }).click();
    const correct = page.getByRole("dialog", { name: "Correct cause and corrective action" });
    await correct.getByLabel("Root cause").selectOption({ label: "Process failure" });
    await correct.getByRole("button", { name: "Correct" }).click();
    await expect(analysis).toContainText("Corrected; version 2");

    const history = page.getByRole("region", { name: "History" });
    await expect(history).toContainText("The base URL now names the regional host.");
    await expect(history).toContainText("acknowledged");
    await expect(history).toContainText("Root cause: Human error.");
    await expect(page.getByRole("button", { name: "Resolve", exact: true })).toHaveCount(0);

    await page.goto("/findings?state=resolved");
    await expect(page.getByRole("main").getByRole("link", { name: finding.title }).first()).toBeVisible();
  });

  test("are given to somebody until a day, talked about, and accepted by a second person until a day", async ({
    page,
    signIn,
  }) => {
    await signIn("officer");
    const finding = (await openFindings(page)).find(({ cause }) => cause === "service_tier_not_eligible");
    if (!finding) throw new Error("the demo has no open finding about a service tier");
    await page.goto(`/findings/${finding.id}`);

    await page.getByRole("button", { name: "Assign", exact: true }).click();
    const assign = page.getByRole("dialog", { name: "Assign finding" });
    await assign.getByLabel("Worked on by").selectOption({ label: "Jonas Lind" });
    await assign.getByLabel("Due by the end of (UTC)").fill("2030-01-31");
    await assign.getByRole("button", { name: "Assign", exact: true }).click();
    await expect(assign).toBeHidden();
    const facts = page.getByRole("region", { name: "The case" });
    await expect(facts).toContainText("Jonas Lind");
    await expect(facts).toContainText("31 Jan 2030");

    const history = page.getByRole("region", { name: "History" });
    await history.getByLabel("Comment").fill("The branch team was asked.");
    await history.getByRole("button", { name: "Add comment" }).click();
    await expect(history.getByRole("list")).toContainText("The branch team was asked.");

    await page.getByRole("button", { name: "Request exception" }).click();
    const dialog = page.getByRole("dialog", { name: "Request an exception" });
    await dialog.getByRole("button", { name: "Request exception" }).click();
    await expect(dialog).toContainText("Choose what it is.");
    await expect(dialog).toContainText("Say why it is accepted, in at least 20 characters.");
    await expect(dialog).toContainText("Choose the day on which it ends.");
    await dialog.getByRole("radio", { name: /Mitigated/ }).check();
    await dialog
      .getByLabel("Why it is accepted")
      .fill("Fast mode is switched off with release 4.3 in two weeks.");
    const until = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel("Until the end of (UTC)").fill(until);
    await dialog.getByRole("button", { name: "Request exception" }).click();
    await expect(dialog).toBeHidden();

    const exceptions = page.getByRole("region", { name: "Exceptions" });
    await expect(exceptions).toContainText("Waiting for a second person");
    await expect(exceptions.getByRole("button", { name: "Approve" })).toHaveCount(0);
    await expect(exceptions.getByRole("button", { name: "Take back" })).toBeVisible();

    await page.context().clearCookies();
    await signIn("admin");
    await page.goto(`/findings/${finding.id}`);
    await exceptions.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Approve the exception" }).click();
    await expect(exceptions).toContainText("In force");
    await expect(page.getByRole("main").getByText(/^Internally accepted \(EX-\d+\)$/)).toBeVisible();

    await page.getByRole("link", { name: "Show the affected calls" }).click();
    const verdicts = page.getByRole("table").locator("[data-verdict]");
    await expect(verdicts.first()).toHaveText("Outside policy");

    await page.goto("/findings");
    await page.getByRole("button", { name: "Look at soon" }).click();
    await expect(page).toHaveURL(/only=soon/);
    await page.getByRole("main").getByRole("link", { name: finding.title }).first().click();
    await exceptions.getByRole("button", { name: "End now" }).click();
    const end = page.getByRole("dialog");
    await end.getByLabel("Note").fill("Release 4.3 is out.");
    await end.getByRole("button", { name: "End the exception" }).click();
    await expect(exceptions).toContainText("Ended");
    await expect(page.getByRole("main").getByText("Open", { exact: true })).toBeVisible();
  });

  test("are asked about by auditors, who do not read what is not for them", async ({ page, signIn }) => {
    await signIn("officer");
    const answer = await page.request.get("/api/findings?cause=attempted_egress&state=acknowledged");
    const [finding] = ((await answer.json()) as FindingPage).items;
    if (!finding) throw new Error("the demo has no acknowledged finding about an attempted egress");
    const history = page.getByRole("region", { name: "History" });
    await page.goto(`/findings/${finding.id}`);
    await history.getByLabel("Comment", { exact: true }).fill("The lease is with operations.");
    await history.getByRole("checkbox", { name: "Not for auditors" }).check();
    await history.getByRole("button", { name: "Add comment" }).click();
    await expect(history.getByRole("list")).toContainText("The lease is with operations.");

    await page.context().clearCookies();
    await signIn("auditor");
    await page.goto(`/findings/${finding.id}`);
    await history.getByLabel("Comment or question").fill("When is the lease known?");
    await history.getByRole("button", { name: "Add comment" }).click();
    await expect(history.getByRole("list")).toContainText("When is the lease known?");
    await expect(history).not.toContainText("The lease is with operations.");
    await expect(history.getByRole("checkbox")).toHaveCount(0);
  });

  test("that are resolved are checked on their day", async ({ page, signIn }) => {
    await signIn("officer");
    await page.goto("/findings?only=soon&state=resolved");
    await page
      .getByRole("main")
      .getByRole("link", { name: /Loan desk/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Check", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Check the resolution" });
    await dialog.getByRole("radio", { name: /It did not come again/ }).check();
    await dialog.getByLabel("What was looked at").fill("The stored responses of the month: none new.");
    await dialog.getByRole("button", { name: "State", exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("region", { name: "The case" })).toContainText("Checked by");
    await expect(page.getByRole("button", { name: "Check", exact: true })).toHaveCount(0);
  });

  test("are not an auditor's to change: the controls say why, and the server refuses anyway", async ({
    page,
    signIn,
  }) => {
    await signIn("auditor");
    const [finding] = await openFindings(page);
    if (!finding) throw new Error("the demo has no open finding");
    await page.goto(`/findings/${finding.id}`);
    const resolve = page.getByRole("button", { name: "Resolve", exact: true });
    await expect(resolve).toBeDisabled();
    await expect(resolve).toHaveAccessibleDescription(/You are an auditor in this tenant/);

    for (const [verb, data] of [
      ["acknowledge", {}],
      ["resolve", { resolution: "config_fix", note: "An auditor tries to close the case." }],
    ] as const) {
      const answer = await page.request.post(`/api/findings/${finding.id}/${verb}`, { data });
      expect(answer.status(), verb).toBe(403);
      expect(((await answer.json()) as { code: string }).code).toBe("forbidden");
    }
    await page.reload();
    await expect(page.getByRole("main").getByText("Open", { exact: true })).toBeVisible();
  });

  test("do not exist for somebody who made the address up", async ({ page, signIn, allowConsole }) => {
    allowConsole(/404 \(Not Found\)/);
    await signIn("officer");
    await page.goto("/findings/0192f0c0-0000-7000-8000-000000000000");
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    // What was not there does not stand in the way of what is.
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Findings" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Findings" })).toBeVisible();
  });

  test("leave axe nothing to find, in every look", async ({ page, signIn, expectAccessibleInEveryLook }) => {
    test.slow();
    await signIn("officer");
    const finding = (await openFindings(page))[0];
    if (!finding) throw new Error("the demo has no open finding");
    await page.goto("/findings");
    await page.getByRole("main").getByRole("heading", { level: 2 }).first().waitFor();
    await expectAccessibleInEveryLook();
    await page.goto(`/findings/${finding.id}`);
    await page.getByRole("button", { name: "Resolve", exact: true }).click();
    await page.getByRole("dialog").waitFor();
    await expectAccessibleInEveryLook();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expectAccessibleInEveryLook();
    await page.getByRole("button", { name: "Request exception" }).click();
    await page.getByRole("dialog").waitFor();
    await expectAccessibleInEveryLook();
    await page.goto("/findings?state=accepted");
    await page.getByRole("main").getByRole("link").first().click();
    await page.getByRole("region", { name: "Exceptions" }).waitFor();
    await expectAccessibleInEveryLook();
  });
});
