import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { CallEvidence } from "./call-evidence.tsx";
import { sampleAttempt, sampleDetail } from "./testing/sample-call.ts";

afterEach(cleanup);

function show(changes: Parameters<typeof sampleDetail>[0] = {}) {
  render(<CallEvidence call={sampleDetail(changes)} />);
  return document.body.textContent ?? "";
}

const part = (name: string) => {
  const section = screen.getByRole("heading", { name }).closest("section");
  if (section === null) throw new Error(`no part ${name}`);
  return within(section);
};

describe("the evidence of one call", () => {
  it("begins with what happened, the verdict in words and why", () => {
    show();
    const happened = part("What happened");
    expect(happened.getByText("Outside policy")).toBeDefined();
    expect(
      happened.getByText("Sent to api.openai.com, a destination without a location promise."),
    ).toBeDefined();
    expect(happened.getByText("Sent to a host outside policy")).toBeDefined();
  });

  it("shows each claim with its value, its grade and how we know; undetermined stays undetermined", () => {
    show();
    const [relay, inference] = part("Evidence").getAllByRole("listitem");
    expect(relay?.textContent).toContain("Germany");
    expect(relay?.textContent).toContain("Grade E");
    expect(inference?.textContent).toContain("Undetermined");
    expect(inference?.textContent).toContain("No evidence");
  });

  it("never says where inference ran, and that the edge says nothing about it", () => {
    const text = show({
      claims: [
        {
          claim: "inference",
          value: ["US"],
          grade: "C",
          source: "Documented for us.api.openai.com, catalog 1.",
        },
      ],
    });
    expect(text).not.toMatch(/inference ran|processed in|ran in/i);
    expect(text).toContain("It says nothing about inference.");
  });

  it("marks what was simulated, and what block would have stopped", () => {
    const text = show();
    expect(part("What happened").getByText("Simulated")).toBeDefined();
    expect(text).toContain("Had it blocked, this call would have been stopped before it left.");
  });

  it("says beside the verdict what changes none: tools offered, names, ends", () => {
    const sentence = "/v1/evals ends on 2026-11-30.";
    show({ advisories: [{ kind: "end_announced", subject: "/v1/evals", sentence }] });
    expect(part("What happened").getByText(sentence)).toBeDefined();
  });

  it("says what is not known instead of leaving it out or filling it", () => {
    show({
      end: "unknown",
      status: null,
      requestBytes: null,
      attempts: [
        sampleAttempt({
          status: null,
          peer: null,
          durationMs: null,
          echo: {
            requestId: null,
            projectId: null,
            organization: null,
            edgeCode: null,
            processingMs: null,
            statedRegion: null,
          },
        }),
      ],
    });
    expect(part("1 attempt").getByText("Not seen on a socket of ours")).toBeDefined();
    expect(part("1 attempt").getAllByText("The provider did not say")).toHaveLength(3);
    expect(part("1 attempt").getByText("No answer was recorded")).toBeDefined();
    expect(part("What happened").getByText(/No end was recorded/)).toBeDefined();
    expect(part("Judged by").getByText(/nobody has attested/)).toBeDefined();
    expect(part("Size and time").getByText("Not reported")).toBeDefined();
  });

  it("shows an end that came late beside the first verdict, and no longer says that none is known", () => {
    show({
      end: "unknown",
      verdict: "unverifiable",
      lateEnd: {
        receivedAt: "2026-11-22T09:10:00.000Z",
        end: "complete",
        status: 200,
        verdict: "violation",
        reasons: ["host_out_of_region"],
      },
    });
    const happened = part("What happened");
    expect(happened.getByText(/Its end came later/).textContent).toContain("Outside policy");
    expect(happened.getByText(/status 200; received/)).toBeDefined();
    expect(happened.queryByText(/No end was recorded/)).toBeNull();
  });

  it("names a host the provider suggested without following or recommending it", () => {
    show({
      attempts: [
        sampleAttempt({ suggestedHost: "us.api.openai.com", status: 401, errorCode: "incorrect_hostname" }),
      ],
    });
    const attempt = part("1 attempt");
    expect(attempt.getAllByText("us.api.openai.com").length).toBeGreaterThan(0);
    expect(attempt.getByText("Recorded, never followed.")).toBeDefined();
    expect(attempt.getByText("Provider's code: incorrect_hostname")).toBeDefined();
  });

  it("says that nothing was dialled for a call that was stopped", () => {
    show({
      verdict: "blocked",
      band: "stopped",
      attempts: [],
      claims: [],
      reasons: ["blocked_by_policy"],
      host: null,
    });
    expect(screen.getByText("No provider was dialled for this call.")).toBeDefined();
    expect(screen.getByText(/No location claim was made/)).toBeDefined();
  });

  it("never draws an attempt green that is not known to have a promised place", () => {
    show({
      attempts: [
        sampleAttempt({ no: 1, verdict: "compliant", reasons: [], host: "eu.api.openai.com" }),
        sampleAttempt({ no: 2 }),
      ],
    });
    const [first] = part("2 attempts").getAllByText("Within policy");
    expect(first?.className).not.toContain("in-region");
  });

  it("leads to the findings the call belongs to", () => {
    show();
    const link = part("Findings").getByRole("link");
    expect(link.getAttribute("href")).toBe("/findings/01a204c3-fa91-74a4-8061-89a1cdf4f4cb");
  });

  it("says that it was assessed retrospectively, how its host is known, and who else reports it", () => {
    const text = show({
      retrospective: true,
      reported: { format: "json", hostSource: "label", retrospective: true, clockAheadMs: 120_000 },
      corroborations: [
        {
          ...{ clientId: "order-4711", source: "otlp", application: "Loan desk", status: 200 },
          startedAt: "2026-11-22T16:56:47.970Z",
          receivedAt: "2026-11-22T16:58:00.000Z",
        },
      ],
    });
    expect(part("What happened").getByText("Assessed retrospectively")).toBeDefined();
    expect(text).toContain("held against the first one when it was reported");
    expect(text).toContain("ahead of ours by 2 min");
    expect(text).toContain("Also reported by Loan desk (OpenTelemetry) as");
    expect(text).toContain("A label or a setting");
  });

  it("says nothing of reports where there are none", () => {
    expect(show()).not.toMatch(/retrospectively|Also reported|Host known from/);
  });
});
