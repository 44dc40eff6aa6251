import type { Browser } from "@playwright/test";
import { letSessionsAge, takeFigures } from "./fixtures/confirming.ts";
import { type Demo, userOf } from "./fixtures/demo.ts";
import { escapeFrom } from "./fixtures/escape-from.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

const slug = "nordbank-eu";
type Person = { personId: string; email: string; password: string };

/** Somebody of his own, so that nobody else's session grows old; an admin of the tenant, or nobody's member. */
async function added(browser: Browser, demo: Demo, names: readonly string[]): Promise<Person[]> {
  const context = await browser.newContext({ baseURL: demo.web });
  const page = await context.newPage();
  await signInAs(page, userOf(demo, "admin"));
  const people: Person[] = [];
  for (const name of names) {
    const email = `${name}-${Date.now()}@confirm.example`;
    const post = async (path: string, data: object) => {
      const answer = await page.request.post(path, { headers: { origin: demo.web }, data });
      expect(answer.status(), await answer.text()).toBe(201);
      return answer.json();
    };
    people.push({ ...(await post("/api/people", { email, name })), email } as Person);
    if (people.length === 1) await post("/api/members", { tenant: slug, email, role: "admin" });
  }
  await context.close();
  return people;
}

test("who has not shown for long who he is is asked before something dangerous, and what he began goes on", async ({
  page,
  browser,
  demo,
  allowConsole,
  expectAccessibleInEveryLook,
}) => {
  test.slow();
  // What is refused the browser reports by itself.
  allowConsole(/40[03]/);
  const [ann, target] = (await added(browser, demo, ["ann", "target"])) as [Person, Person];
  await signInAs(page, ann);
  await page.goto(`/usage?tenant=${slug}`);
  // A fresh sign-in is asked nothing.
  await Promise.all([page.waitForEvent("download"), takeFigures(page)]);

  const question = page.getByRole("dialog", { name: "Confirm that it is you" });
  const confirm = question.getByRole("button", { name: "Confirm", exact: true });
  await letSessionsAge(ann.personId);
  await takeFigures(page);
  await expect(question.getByLabel("Your password")).toBeFocused();
  await expectAccessibleInEveryLook();
  await question.getByLabel("Your password").fill("not the one");
  await confirm.click();
  await expect(question.getByText("This is not your present password.")).toBeVisible();
  await question.getByLabel("Your password").fill(ann.password);
  await Promise.all([page.waitForEvent("download"), confirm.click()]);

  // Over a form, which keeps what was typed.
  await page.goto(`/settings/people/${slug}`);
  await page
    .getByRole("region", { name: "Members", exact: true })
    .getByRole("button", { name: "Add member" })
    .click();
  const form = page.getByRole("dialog").filter({ hasText: "Email" });
  await form.getByLabel("Email").fill(target.email);
  await form.getByRole("radio", { name: "Auditor" }).check();
  await letSessionsAge(ann.personId);
  await form.getByRole("button", { name: "Add member" }).click();
  await escapeFrom(question);
  await expect(question).toBeHidden();
  await expect(form.getByText("Confirm that it is you before you do this.")).toBeVisible();
  await expect(form.getByLabel("Email")).toHaveValue(target.email);
  await form.getByRole("button", { name: "Add member" }).click();
  await question.getByLabel("Your password").fill(ann.password);
  await confirm.click();
  await expect(page.getByRole("row").filter({ hasText: target.email })).toContainText("auditor");
});
