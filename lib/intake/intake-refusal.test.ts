import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { IntakeRefusal, intakeRefusalCodes } from "./intake-refusal.ts";

describe("every code of the intake", () => {
  const documented = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  const from = (heading: string, next: string): string =>
    documented.slice(documented.indexOf(`\n## ${heading}\n`), documented.indexOf(`\n## ${next}\n`));
  const section = from("Intake", "`/api`");
  const calls = from("`/v1`", "Intake");

  it.each(intakeRefusalCodes)("%s is in docs/errors.md, with its status", (code) => {
    const { status } = new IntakeRefusal(code);
    const heading = `#### ${code}\n\n${status}. `;
    const named = new RegExp(`\`${code}\`(?: \\((\\d{3}))?`).exec(section);
    // Named without a status it means what it means to callers of `/v1`.
    const told =
      named?.[1] === undefined ? named !== null && calls.includes(heading) : named[1] === `${status}`;
    expect(section.includes(heading) || told).toBe(true);
  });

  it("asks for another try after 429 and 503, and after nothing else", () => {
    for (const code of intakeRefusalCodes) {
      const { status, retryAfterS } = new IntakeRefusal(code);
      expect(retryAfterS === null).toBe(status !== 429 && status !== 503);
    }
  });
});
