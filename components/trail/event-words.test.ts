import { describe, expect, it } from "vitest";
import { eventWords } from "./event-words.ts";

const words = (kind: string, detail: Record<string, string> = {}, finding: string | null = null) =>
  eventWords({ kind, subject: "019aab00-0000-7000-8000-000000000001", detail, finding });

describe("an event about somebody's access", () => {
  const email = "ann@example.com";

  it.each([
    ["membership.created", { email, role: "auditor" }, "Member added: ann@example.com, as auditor"],
    [
      "membership.created",
      { email, role: "officer", accountMadeBy: "Ben", accountMadeAt: "2026-11-30T09:00:00.000Z" },
      "Member added: ann@example.com, as officer; the account was made by Ben",
    ],
    [
      "membership.role_changed",
      { email, role: "admin", roleBefore: "officer" },
      "Role changed: ann@example.com, from officer to admin",
    ],
    ["membership.removed", { email, role: "admin" }, "Member removed: ann@example.com, who was admin"],
    ["person.disabled", { email }, "Person disabled: ann@example.com"],
    ["person.enabled", { email }, "Person enabled: ann@example.com"],
    ["person.administration_granted", { email }, "Made an administrator of the deployment: ann@example.com"],
    [
      "person.administration_withdrawn",
      { email },
      "No longer an administrator of the deployment: ann@example.com",
    ],
    ["person.password_reset", { email }, "Password reset: ann@example.com"],
    ["person.password_changed", { email }, "Password changed: ann@example.com"],
    ["person.second_factor_reset", { email }, "Second factor reset: ann@example.com"],
    ["person.let_in", { email }, "Let in with a password for an hour: ann@example.com"],
    ["person.identity_bound", { email }, "Bound to an account of the identity provider: ann@example.com"],
    ["session.opened", { way: "single_sign_on" }, "Session opened: by single sign-on"],
    ["session.opened", { way: "password" }, "Session opened: with password"],
    ["session.opened", {}, "Session opened"],
  ])("%s is said in words", (kind, detail, said) => {
    expect(words(kind, detail)).toBe(said);
  });

  it("names an id where the address was erased", () => {
    expect(words("person.disabled")).toBe("Person disabled: 019aab00-0000-7000-8000-000000000001");
  });
});

describe("an event about an organization at the provider", () => {
  it.each([
    ["account.added", { name: "Bank AG" }, "Admin key of an organization added: Bank AG"],
    ["account.replaced", { name: "Bank AG" }, "Admin key of an organization replaced: Bank AG"],
    ["account.revoked", { name: "Bank AG" }, "Admin key of an organization removed: Bank AG"],
    ["project.stated", { name: "Loans" }, "OpenAI's word on a project: Loans"],
    ["project.stated", {}, "OpenAI's word on a project"],
    ["pin.read", { residency: "GLOBAL" }, "Pin read from OpenAI's admin API"],
  ])("%s is not mistaken for one about a person's account", (kind, detail: Record<string, string>, said) => {
    expect(words(kind, detail)).toBe(said);
  });
});

describe("any other event", () => {
  it("is said as it is named, with what it is about", () => {
    expect(words("register.changed", { title: "OpenAI Ireland Ltd" })).toBe(
      "Register changed: OpenAI Ireland Ltd",
    );
  });

  it("names the finding that it is of", () => {
    expect(words("finding.checked", {}, "F-12")).toBe("Finding F-12 checked");
    expect(words("finding.resolved", { resolution: "config_fix" }, "F-12")).toBe(
      "Finding F-12 resolved: configuration fixed",
    );
    expect(words("finding.opened")).toBe("Finding opened");
  });
});

describe("eventWords", () => {
  it("says how a settled day of a project stands beside the provider's figures", () => {
    const detail = { projectId: "proj_a", day: "2026-11-27", kind: "embeddings", providerRequests: 41 };
    const said = (more: object) =>
      eventWords({
        kind: "usage.compared",
        subject: "proj_a",
        detail: { ...detail, ...more },
        finding: null,
      });
    expect(said({ state: "more_at_provider", missing: 3 })).toBe(
      "Compared with OpenAI's figures: proj_a, 27 Nov 2026, embeddings: 3 of 41 missing from the record",
    );
    expect(said({ state: "agrees", missing: 0 })).toBe(
      "Compared with OpenAI's figures: proj_a, 27 Nov 2026, embeddings: all recorded",
    );
  });

  it("says which calls somebody was allowed from a page, or how many", () => {
    const event = {
      kind: "playground_call.allowed",
      subject: "01a2",
      detail: { what: "playground_call" },
      finding: null,
    };
    expect(eventWords({ ...event, detail: { ...event.detail, objects: 1 } })).toBe(
      "Was allowed a call from a page, with the request id 01a2",
    );
    expect(eventWords({ ...event, detail: { ...event.detail, objects: 12 } })).toBe(
      "Was allowed 12 calls from a page within a minute",
    );
  });
});

it("says how a finding was resolved, and of an unknown way that it was", () => {
  expect(words("finding.resolved", { resolution: "config_fix", from: "open" })).toBe(
    "Finding resolved: configuration fixed",
  );
  expect(words("finding.resolved")).toBe("Finding resolved");
});
