import { userOf } from "./fixtures/demo.ts";
import { expect, signInAs, test } from "./fixtures/test.ts";

const slug = "atlas-us";
const reason = "Agreed with the data protection officer today.";

test.describe("settings, policies", () => {
  // Leaves the tenant's policy saying what it said.
  test("a tightening is previewed and takes effect; to undo it is widening, and waits for a second person", async ({
    page,
    context,
    signIn,
    expectAccessible,
    demo,
  }) => {
    // Two people sign in and seven pages are read.
    test.slow();
    await signIn("admin");
    await page.goto(`/settings/policies/${slug}/edit`);
    const changes = page.getByRole("region", { name: "What changes" });
    const effect = page.getByRole("region", { name: "Effect" });
    await expect(changes).toContainText("Nothing yet.");
    await expect(effect).toContainText(/of [\d\s]+ calls? would have been/);

    await page.getByRole("checkbox", { name: "Realtime tracing" }).check();
    await expect(changes).toContainText("Tightens: Features no longer allowed: realtime_tracing.");
    await expect(page.getByRole("progressbar")).toHaveCount(0);
    await expect(effect).toContainText(/\d+ of [\d\s]+ calls? would have been/);
    await expectAccessible();

    const save = page.getByRole("button", { name: /^Save version/ });
    await save.click();
    await expect(page.getByText("Say why, in at least 20 characters.")).toBeVisible();
    await page.getByLabel("Reason for the change").fill(reason);
    await save.click();
    await expect(page).toHaveURL(`/settings/policies/${slug}`);
    await expect(page.getByText(/takes effect on .*: 30 seconds after it was saved/)).toBeVisible();
    await expectAccessible();

    await page.goto(`/settings/policies/${slug}/edit`);
    await page.getByRole("checkbox", { name: "Realtime tracing" }).uncheck();
    await expect(changes).toContainText("Widens: Features allowed that were not: realtime_tracing.");
    await expect(changes).toContainText("only when another admin or officer approves it");
    await page.getByLabel("Reason for the change").fill("Tracing is needed again, see the ticket.");
    await page.getByRole("button", { name: "Propose to a second approver" }).click();
    await expect(page).toHaveURL(`/settings/policies/${slug}`);
    const proposal = page.getByRole("region", { name: "Proposed change" });
    await expect(proposal).toContainText("You asked for it, so another admin or officer decides.");
    await expect(proposal.getByRole("button", { name: "Approve" })).toHaveCount(0);

    // What the page still asks for must not be asked without a session.
    await page.goto("about:blank");
    await context.clearCookies();
    await signInAs(page, userOf(demo, "officer"));
    await page.goto(`/settings/policies/${slug}`);
    await expect(page.getByRole("button", { name: "Edit policy" })).toBeDisabled();
    await expectAccessible();
    await proposal.getByRole("button", { name: "Approve" }).click();
    const dialog = page.getByRole("dialog", { name: "Approve the change" });
    await dialog.getByLabel("Note").fill("Seen with the team.");
    await dialog.getByRole("button", { name: "Approve the change" }).click();
    await expect(dialog).toBeHidden();
    await expect(proposal).toHaveCount(0);
    const newest = page.getByRole("group").filter({ hasText: "Tracing is needed again" }).first();
    await newest.getByText("Tracing is needed again").first().click();
    await expect(newest).toContainText(userOf(demo, "officer").email.split(".")[0]?.slice(1) ?? "");
    await expect(newest).toContainText("Widens: Features allowed that were not: realtime_tracing.");
  });

  test("refuses in words what no region can meet", async ({ page, signIn }) => {
    await signIn("admin");
    await page.goto("/settings/policies/nordbank-eu/edit");
    await page.getByLabel("Inference", { exact: true }).first().selectOption("gb");
    const changes = page.getByRole("region", { name: "What changes" });
    await expect(changes).toContainText("OpenAI lists no processing in the United Kingdom.");
    await expect(page.getByRole("region", { name: "Effect" })).toContainText(
      "as soon as the policy can be met",
    );
    await expect(page.getByRole("button", { name: /Propose|Save version/ })).toBeDisabled();
  });

  test("the simulator says where a call goes and why; its question is in the URL", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("developer");
    await page.goto("/settings/policies/nordbank-eu/simulator?model=gpt-4o&target=global");
    const answer = page.getByRole("region", { name: "What becomes of it" });
    await expect(answer).toContainText("A call with gpt-4o is stopped before it leaves.");
    await expect(answer).toContainText("does not allow api.openai.com");
    await page.getByLabel("Target of the key").fill("policy");
    await page.getByLabel("Country of the subject").fill("ES");
    await expect(answer).toContainText("A call for a subject in ES with gpt-4o goes to eu.api.openai.com");
    await expect(page).toHaveURL(/subject=ES/);
    await expectAccessible();
  });

  test("a replay shows what another version would have made of a period, and changes nothing", async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn("auditor");
    await page.goto("/settings/policies/nordbank-eu/replay");
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await expect(page.getByText(/0 of [\d\s]+ calls would have ended otherwise/)).toBeVisible();
    await expect(page.getByRole("progressbar")).toHaveCount(0);
    await expect(page.getByText(/^0 of [\d\s]+ calls would have ended otherwise/)).toBeVisible();
    await expect(page.getByRole("table", { name: /Calls by recorded verdict/ })).toBeVisible();
    await expectAccessible();
  });

  test("a restatement is asked for, approved by another officer, and stands beside the first verdict", async ({
    page,
    context,
    demo,
    expectAccessible,
  }) => {
    test.slow();
    const [asking, approving] = demo.users.filter(({ role }) => role === "officer");
    if (!asking || !approving) throw new Error("The demo has two officers.");
    const day = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
    const statement = `The provider told of an incident on ${day}.`;
    await signInAs(page, asking);
    await page.goto(`/settings/policies/${slug}/restatements`);
    await page.getByRole("radio", { name: "The provider gave notice" }).check();
    await page.getByLabel("From (UTC)").fill(`${day}T00:00`);
    await page.getByLabel("To (UTC)").fill(`${day}T23:59`);
    await page.getByLabel("What was wrong").fill(statement);
    await page.getByLabel("How you know").fill("Status page of the provider, incident 4711.");
    await page.getByRole("button", { name: "Count what would change" }).click();
    await expect(
      page.getByText(/calls? in scope; \d+ calls? from “Within policy” to “Not verifiable”/),
    ).toBeVisible();
    await page.getByRole("button", { name: "Ask for the restatement" }).click();
    const card = page.getByRole("article").filter({ hasText: statement });
    await expect(card).toContainText("Waits for a second approver");
    await expect(card.getByRole("button", { name: "Approve" })).toHaveCount(0);
    await expectAccessible();

    // What the page still asks for must not be asked without a session.
    await page.goto("about:blank");
    await context.clearCookies();
    await signInAs(page, approving);
    await page.goto(`/settings/policies/${slug}/restatements`);
    await card.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("button", { name: "Approve the restatement" }).click();
    await expect(card).toContainText("Approved");

    await page.goto(`/calls?tenant=${slug}&from=${day}T00:00:00Z&to=${day}T23:59:00Z`);
    await expect(page.getByText(/calls? of this time (was|were) restated/)).toBeVisible();
    const row = page.getByRole("row").filter({ hasText: "Restated: Not verifiable" }).first();
    await expect(row).toContainText("Within policy");
    await row.getByRole("link").first().click();
    await expect(page.getByText("Restated to")).toBeVisible();
    await expect(page.getByText(statement)).toBeVisible();
    await expectAccessible();
  });

  test("a probe says to whom the key is told before it asks, and records what follows", async ({
    page,
    signIn,
    demo,
    expectAccessible,
  }) => {
    const probed = `probed-${Date.now().toString(36)}`;
    await signIn("admin");
    const post = async (path: string, data: object) => {
      const answer = await page.request.post(path, { data, headers: { origin: demo.web } });
      expect(answer.status()).toBe(201);
    };
    await post("/api/tenants", {
      name: "Probed",
      slug: probed,
      mode: "simulated",
      preset: "eea_ch",
      homeRegion: "eu",
    });
    await post("/api/credentials", {
      tenant: probed,
      label: "Europe",
      secret: "sk-sim-eu-probedbank",
      hosts: ["eu.api.openai.com"],
    });
    await page.goto(`/settings/tenants/${probed}`);
    await page.getByRole("button", { name: "Probe pin of Europe" }).click();
    const dialog = page.getByRole("dialog", { name: "Probe the pin of Europe" });
    await expect(dialog).toContainText(
      "the second one is outside of what the key was saved for, and learns the key",
    );
    const ask = dialog.getByRole("button", { name: "Probe pin" });
    await expect(ask).toBeDisabled();
    await dialog.getByRole("checkbox", { name: "The key may be told to us.api.openai.com" }).check();
    await expectAccessible();
    await ask.click();
    await expect(dialog).toContainText("the project is bound to Europe");
    await expect(dialog).toContainText("The pin is recorded");
    await dialog.getByRole("button", { name: "Close" }).first().click();
    await expect(page.getByText("Processing and storage in Europe")).toBeVisible();
    await expect(page.getByText(/probed on/)).toBeVisible();
  });
});
