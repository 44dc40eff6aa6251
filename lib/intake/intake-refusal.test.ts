import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { IntakeRefusal, intakeRefusalCodes } from "./intake-refusal.ts";

describe("every code of the intake", () => {
  const documented = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  const section = documented.slice(documented.indexOf("\n## Intake\n"), documented.indexOf("\n## `/api`\n"));

  it.each(intakeRefusalCodes)("%s is in docs/errors.md, with its status", (code) => {
    const { status } = new IntakeRefusal(code);
    const heading = documented.includes(`#### ${code}\n\n${status}. `);
    expect(heading || section.includes(`\`${code}\``)).toBe(true);
  });

  it("asks for another try after 429 and 503, and after nothing else", () => {
    for (const code of intakeRefusalCodes) {
      const { status, retryAfterS } = new IntakeRefusal(code);
      expect(retryAfterS === null).toBe(status !== 429 && status !== 503);
    }
  });
});
