import { expect, it } from "vitest";
import { audiencesOf } from "./comment-audience.ts";
import { mayInTenant, type Role, roles } from "./role.ts";

it.each<[Role, boolean, boolean]>([
  ["admin", true, true],
  ["officer", true, true],
  ["auditor", true, false],
  ["developer", false, true],
])("%s: comments %s, reads what is not for auditors %s", (role, comments, confided) => {
  expect(mayInTenant(role, "finding:comment")).toBe(comments);
  expect(audiencesOf(role)).toEqual(confided ? ["everybody", "not_auditors"] : ["everybody"]);
});

it("nobody comments on findings that he does not see, and whoever works on them comments", () => {
  for (const role of roles) {
    if (mayInTenant(role, "finding:comment")) expect(mayInTenant(role, "finding:read")).toBe(true);
    if (mayInTenant(role, "finding:work")) expect(mayInTenant(role, "finding:comment")).toBe(true);
  }
});
