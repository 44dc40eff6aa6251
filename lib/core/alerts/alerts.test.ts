import { describe, expect, it } from "vitest";
import { type Alert, kindOfFinding, newAlert } from "./alert.ts";
import { alertKinds, chosenKinds, defaultKinds } from "./alert-kinds.ts";
import { type AlertMessage, mailText, webhookBody } from "./alert-message.ts";
import { describeAlert } from "./describe-alert.ts";
import { gatherAbove, gatherAlerts } from "./gather-alerts.ts";
import { isWanted } from "./is-wanted.ts";
import { receiverProblem, shownReceiver } from "./receiver-url.ts";
import { attemptsMax, retryDelayMs } from "./retry.ts";

const at = "2026-11-22T14:05:00.000Z";
const finding = {
  finding: "0198-finding",
  cause: "host_out_of_region",
  host: "api.openai.com",
  model: "gpt-4o-2024-08-06",
  basis: "observed",
} as const;

function messageOf(alert: Alert, over: Partial<AlertMessage> = {}): AlertMessage {
  return {
    ...alert,
    id: "delivery",
    eventId: "event",
    noticedAt: "2026-11-22T14:05:15.000Z",
    tenant: { slug: "bank", name: "The Bank", simulated: false },
    webUrl: "https://domicile.example/",
    ...over,
  };
}

describe("a kind", () => {
  it.each(Object.entries(alertKinds))(
    "%s has a title, sentences, and says what it carries",
    (_kind, facts) => {
      expect(facts.title).toMatch(/^[A-Z][^.!?]+$/);
      expect(facts.sentence).toMatch(/^[A-Z].+[.]$/);
      expect(new Set(facts.carries).size).toBe(facts.carries.length);
    },
  );

  it("is chosen by nobody where it is a test, and by default where somebody has to act", () => {
    expect(chosenKinds).not.toContain("test");
    expect(defaultKinds).toEqual(chosenKinds.filter((kind) => kind !== "report_ready"));
  });

  it.each([
    ["host_out_of_region", "opened", "finding_opened"],
    ["host_out_of_region", "reopened", "finding_reopened"],
    ["observe_ending", "opened", "observe_ending"],
    ["evidence_gap", "reopened", "evidence_gap"],
    ["log_frozen", "opened", "log_frozen"],
    ["usage_not_recorded", "opened", "finding_opened"],
    ["usage_not_recorded", "reopened", "finding_reopened"],
  ] as const)("of a finding about %s that was %s is %s", (cause, event, kind) => {
    expect(kindOfFinding(cause, event)).toBe(kind);
  });
});

describe("an alert", () => {
  it("holds what its kind carries, and drops the rest", () => {
    const { facts } = newAlert("report_failed", "k", at, { ...finding, problem: "too_large" });
    expect(facts).toEqual({ problem: "too_large" });
  });

  it("has the severity of its kind, or of its finding", () => {
    expect(newAlert("check_failed", "k", at, {}, "low").severity).toBe("critical");
    expect(newAlert("finding_opened", "k", at, {}, "low").severity).toBe("low");
  });

  it.each([
    ["finding_opened", finding, "/findings/0198-finding"],
    ["check_failed", { log: { part: "rows", epoch: 1, atIndex: 7 } }, "/ledger?tenant=a%20b"],
    ["decision_waiting", { request: "policy" }, "/settings/policies/a%20b"],
    ["decision_waiting", { request: "restatement" }, "/settings/policies/a%20b/restatements"],
    ["decision_waiting", { request: "erasure" }, "/settings/retention/a%20b"],
    ["decision_waiting", { request: "exception", finding: "f/1" }, "/findings/f%2F1"],
    ["report_ready", {}, "/reports?tenant=a%20b"],
    ["import_incomplete", {}, "/connect/import?tenant=a%20b"],
    ["key_ending", {}, "/settings/tenants/a%20b"],
    ["test", {}, "/settings/alerts/a%20b"],
  ] as const)("of the kind %s about %j leads to %s", (kind, facts, page) => {
    expect(describeAlert({ kind, facts, count: 1 }, "a b").page).toBe(page);
  });

  it("names a finding without the name that somebody gave the application", () => {
    const { title } = describeAlert({ kind: "finding_opened", facts: finding, count: 1 }, "bank");
    expect(title).toBe("Finding opened: Sent to a host outside policy: api.openai.com, gpt-4o-2024-08-06");
  });
});

describe("a destination", () => {
  const medium = { kinds: ["finding_opened", "check_failed"], minSeverity: "medium" } as const;
  it.each([
    ["finding_opened", "low", false],
    ["finding_opened", "medium", true],
    ["finding_opened", "critical", true],
    ["check_failed", "critical", true],
    ["report_failed", "critical", false],
    ["test", "critical", false],
  ] as const)(
    "that asked for two kinds from medium on is told %s of severity %s: %s",
    (kind, severity, told) => {
      expect(isWanted({ kind, severity }, medium)).toBe(told);
    },
  );
});

describe("gathering", () => {
  const many = (count: number, kind: "finding_opened" | "finding_overdue", severity: Alert["severity"]) =>
    Array.from({ length: count }, (_, n) =>
      newAlert(kind, `${kind} ${severity} ${n}`, `2026-11-22T14:0${n % 10}:00.000Z`, finding, severity),
    );

  it("leaves few of a kind as they are, the oldest first", () => {
    const { single, gathered } = gatherAlerts(many(gatherAbove, "finding_opened", "high").toReversed());
    expect(single.map(({ happenedAt }) => happenedAt.slice(14, 16))).toEqual(["00", "01", "02", "03", "04"]);
    expect(gathered).toEqual([]);
  });

  it("makes one of more than that, with how many, since when, and whose keys; no severity hides in another's", () => {
    const { single, gathered } = gatherAlerts([
      ...many(gatherAbove + 1, "finding_opened", "medium"),
      ...many(1, "finding_opened", "critical"),
      ...many(2, "finding_overdue", "medium"),
    ]);
    expect(single.map(({ kind, severity }) => `${kind} ${severity}`).toSorted()).toEqual([
      "finding_opened critical",
      "finding_overdue medium",
      "finding_overdue medium",
    ]);
    expect(gathered).toMatchObject([
      {
        alert: {
          kind: "finding_opened",
          severity: "medium",
          count: 6,
          happenedAt: "2026-11-22T14:00:00.000Z",
        },
      },
    ]);
    expect(gathered[0]?.members).toHaveLength(6);
    const message = messageOf({ ...gathered[0]?.alert, key: "g" } as Alert);
    expect(mailText(message).subject).toBe("[The Bank] Finding opened: 6 at once");
  });
});

describe("retrying", () => {
  it("waits longer each time, for about a day in all, and then gives up", () => {
    const delays = Array.from({ length: attemptsMax }, (_, n) => retryDelayMs(n + 1, 0.5));
    expect(delays.at(-1)).toBeNull();
    const waits = delays.slice(0, -1) as number[];
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    const hours = waits.reduce((sum, each) => sum + each, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(26);
  });

  it("spreads by a fifth either way", () => {
    expect([retryDelayMs(1, 0), retryDelayMs(1, 0.5), retryDelayMs(1, 0.999_999)]).toEqual([
      8_000, 10_000, 12_000,
    ]);
  });
});

describe("the address of a receiver", () => {
  it.each([
    ["http://receiver.example/", /https/],
    ["ftp://receiver.example/", /https/],
    ["https://user:pw@receiver.example/", /user or a password/],
    ["https://user@receiver.example/", /user or a password/],
    ["https://receiver.example/#a", /fragment/],
    ["https://127.0.0.1/", /numbers/],
    ["https://2130706433/", /numbers/],
    ["https://0x7f.1/", /numbers/],
    ["https://[::1]/", /numbers/],
    ["https://receiver.example./", /dot/],
  ])("%s is refused", (text, words) => {
    expect(receiverProblem(new URL(text))).toMatch(words);
  });

  it("may have a port, a path and a query; the query is not shown", () => {
    const url = new URL("https://receiver.example:8443/in/a?key=s3cret");
    expect(receiverProblem(url)).toBeNull();
    expect(shownReceiver(url)).toBe("https://receiver.example:8443/in/a?…");
  });
});

describe("a message", () => {
  const alert = newAlert("finding_opened", "k", at, finding, "high");

  it("is a body of type, timestamp and data", () => {
    expect(JSON.parse(webhookBody(messageOf(alert)))).toEqual({
      type: "finding_opened",
      timestamp: at,
      data: {
        version: 1,
        event: "event",
        tenant: "bank",
        tenant_name: "The Bank",
        simulated: false,
        severity: "high",
        title: "Finding opened: Sent to a host outside policy: api.openai.com, gpt-4o-2024-08-06",
        sentence: alertKinds.finding_opened.sentence,
        count: 1,
        noticed_at: "2026-11-22T14:05:15.000Z",
        page: "https://domicile.example/findings/0198-finding",
        facts: finding,
      },
    });
  });

  it("is a mail that says the same", () => {
    const { subject, text } = mailText(messageOf(alert));
    expect(subject).toBe(
      "[The Bank] Finding opened: Sent to a host outside policy: api.openai.com, gpt-4o-2024-08-06",
    );
    for (const line of [
      /^Severity: +high$/m,
      /^Happened: +2026-11-22 14:05 UTC$/m,
      /^Host: +api\.openai\.com$/m,
      /^Model: +gpt-4o-2024-08-06$/m,
      /^Evidence: +seen by the gateway$/m,
      /^https:\/\/domicile\.example\/findings\/0198-finding$/m,
    ])
      expect(text).toMatch(line);
  });

  it("of a simulated tenant says so in each channel", () => {
    const message = messageOf(alert, { tenant: { slug: "bank", name: "The Bank", simulated: true } });
    expect(JSON.parse(webhookBody(message))).toMatchObject({ data: { simulated: true } });
    const { subject, text } = mailText(message);
    expect(subject).toMatch(/^\[Simulated\] /);
    expect(text).toMatch(/^This tenant is simulated/);
  });

  it("has no line that a caller wrote", () => {
    const evil = { ...finding, host: "a.example\r\nBcc: b@c.example\u2028x", model: "m\nSeverity: low" };
    const message = messageOf(newAlert("finding_opened", "k", at, evil, "high"));
    const { subject, text } = mailText(message);
    expect(subject).not.toMatch(/[\r\n\u2028]/);
    expect(text.split("\n").filter((line) => /^(Bcc|Severity: low)/.test(line))).toEqual([]);
    expect(JSON.parse(webhookBody(message)).data.facts.host).toBe("a.example Bcc: b@c.example x");
  });
});
