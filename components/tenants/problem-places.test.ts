import { describe, expect, it } from "vitest";
import { slug } from "../../lib/contracts/tenants.ts";
import { presets } from "../../lib/core/policies/presets.ts";
import { formProblems, placeProblems } from "./problem-places.ts";
import { slugFrom } from "./slug-from.ts";
import { emptyTenantForm } from "./tenant-form.ts";

const now = new Date("2026-11-22T12:00:00Z");
const named = { ...emptyTenantForm("Ada Admin"), name: "Nordbank", slug: "nordbank" };
const filled = { ...named, preset: "no_location_requirement" } as const;

describe("placeProblems", () => {
  it("puts what no region can meet at the preset", () => {
    const message = "OpenAI lists no processing in the United Kingdom.";
    expect(placeProblems([{ field: "claims.inference", message }])).toEqual({ preset: message });
  });

  it("puts what an acceptance lacks at its own field, whichever acceptance it is", () => {
    expect(placeProblems([{ field: "inferenceElsewhere.reason", message: "a" }])).toEqual({ reason: "a" });
    expect(placeProblems([{ field: "global.acceptance.reviewOn", message: "b" }])).toEqual({ reviewOn: "b" });
    expect(placeProblems([{ field: "global.acceptance", message: "c" }])).toEqual({ acceptance: "c" });
  });

  it("loses no problem: one without a place stands at the preset", () => {
    expect(placeProblems([{ field: "routing.map.FR", message: "d" }])).toEqual({ preset: "d" });
  });
});

describe("formProblems", () => {
  it("finds none in a filled form", () => {
    expect(formProblems(filled, now)).toEqual({});
  });

  it("gives nobody a policy that was not chosen", () => {
    expect(formProblems(named, now)).toEqual({ preset: "Choose where calls may go." });
  });

  it("asks for name, short name and policy in words", () => {
    const problems = formProblems(emptyTenantForm("Ada Admin"), now);
    expect(problems.preset).toBe("Choose where calls may go.");
    expect(problems.name).toBe("Give the tenant a name.");
    expect(problems.slug).toContain("Lower-case");
  });

  it.each(presets.filter(({ needsAcceptance }) => needsAcceptance))(
    "demands an acceptance for $id",
    ({ id }) => {
      expect(Object.keys(formProblems({ ...filled, preset: id }, now)).sort()).toEqual([
        "reason",
        "reviewOn",
      ]);
    },
  );
});

describe("formProblems of an acceptance", () => {
  const reason = "Accepted by the board in its November meeting.";
  const uk = { ...filled, preset: "at_rest_gb", homeRegion: "gb", reason } as const;

  it("takes one to be reviewed within a year", () => {
    expect(formProblems({ ...uk, reviewOn: "2027-05-01" }, now)).toEqual({});
  });

  it.each(["2026-11-22", "2028-01-01"])("refuses a review on %s at its field", (reviewOn) => {
    expect(formProblems({ ...uk, reviewOn }, now).reviewOn).toContain("next 12 months");
  });
});

describe("slugFrom", () => {
  it.each([
    "Nordbank EU (retail)",
    "Zürich & Söhne AG",
    "  ---x---  ",
    "a".repeat(80),
    `${"ab ".repeat(30)}`,
  ])("makes a short name the contract accepts of %s", (name) => {
    expect(slug.safeParse(slugFrom(name)).success).toBe(true);
  });
});
