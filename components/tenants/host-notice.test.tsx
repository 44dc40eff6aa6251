import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { TargetOutlook } from "../../lib/contracts/playground.ts";
import { HostNotice } from "./host-notice.tsx";

afterEach(cleanup);

function shown(host: string, outlooks?: readonly TargetOutlook[]): string {
  render(<HostNotice host={host} onChoose={() => undefined} outlooks={outlooks} />);
  return screen.queryByRole("status")?.textContent ?? "";
}

const refused: TargetOutlook = {
  target: "global",
  host: "api.openai.com",
  region: "global",
  outlook: "refused",
  objection: { code: "region_blocked", message: "The tenant's policy does not allow api.openai.com." },
  hasCredential: true,
};

describe("HostNotice", () => {
  it("warns of a lookalike and offers the documented name", async () => {
    const choose = vi.fn();
    render(<HostNotice host="API.openai.eu" onChoose={choose} />);
    expect(screen.getByRole("status").textContent).toContain("it is a lookalike");
    await userEvent.click(screen.getByRole("button", { name: "Use eu.api.openai.com" }));
    expect(choose).toHaveBeenCalledWith("eu.api.openai.com");
  });

  it("warns of a name that imitates without being listed", () => {
    expect(shown("eu-api-openai.com")).toContain("lookalike");
  });

  it("says that a host is not documented", () => {
    expect(shown("llm.internal.example")).toContain("OpenAI documents no host named");
  });

  it("never calls the global endpoint a place", () => {
    expect(shown("api.openai.com")).toContain("promises no place");
  });

  it("says beforehand what the tenant's policy would do", () => {
    expect(shown("api.openai.com", [refused])).toContain("refuses every call");
  });

  it("keeps quiet while a documented name is being typed", () => {
    expect(shown("eu.api.openai")).toBe("");
    expect(shown("")).toBe("");
  });
});
