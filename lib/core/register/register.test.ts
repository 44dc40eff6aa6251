import { describe, expect, it } from "vitest";
import { dayNumber } from "../calendar.ts";
import type { PresetId } from "../policies/policy.ts";
import { policyFromPreset } from "../policies/presets.ts";
import { checkContent } from "./check-content.ts";
import { type RegisterContent, type RegisterItem, type RegisterKind, registerKindIds } from "./register.ts";
import { registerItemTitle, registerKinds } from "./register-kinds.ts";
import { registerNeeds } from "./register-needs.ts";
import { reviewRegister } from "./review-register.ts";

const content = (
  kind: RegisterKind,
  fields: Record<string, string>,
  over: Partial<RegisterContent> = {},
): RegisterContent => ({ v: 1, kind, state: "recorded", fields, document: null, ...over });
const item = (id: string, of: RegisterContent): RegisterItem => ({
  id,
  version: 1,
  content: of,
  sha256: "0".repeat(64),
});
const document = { sha256: "ab".repeat(32), name: "dpa.pdf", bytes: 1000 };
const agreement = {
  counterparty: "OpenAI Ireland Ltd",
  counterpartyCountry: "IE",
  reference: "DPA-7",
  signedOn: "2026-01-10",
  reviewDue: "2027-06-01",
  responsible: "Olga Brandt, privacy",
};
const plain = { promisesRegion: false, allowsTransfer: false };
const reasons = (items: RegisterItem[], needs = plain, on = "2026-11-28") =>
  reviewRegister(items, needs, on).map(({ kind, reason, field, due }) => [kind, reason, field, due]);

describe("the kinds of a register", () => {
  it.each(registerKindIds)("%s names each field once, and only fields of its own as a condition", (kind) => {
    const keys = registerKinds[kind].fields.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { type, choices, needed } of registerKinds[kind].fields) {
      expect(choices !== undefined).toBe(type === "choice");
      if (typeof needed === "object") expect(keys).toContain(needed.field);
    }
  });

  it("calls an item by what tells it from others of its kind", () => {
    expect(registerItemTitle("processing_agreement", agreement)).toBe("OpenAI Ireland Ltd");
    expect(registerItemTitle("transfer_assessment", {})).toBe("Transfer impact assessment");
  });
});

describe("an item as it is sent", () => {
  it("may be incomplete, and holds only values of their form", () => {
    expect(checkContent(content("processing_agreement", agreement, { document }))).toEqual([]);
    expect(checkContent(content("processing_agreement", { reference: "x" }))).toEqual([]);
  });

  it.each([
    ["a day that no calendar has", { signedOn: "2026-02-29" }, "signedOn"],
    ["a day in another form", { signedOn: "1.2.2026" }, "signedOn"],
    ["a region as a country", { counterpartyCountry: "EU" }, "counterpartyCountry"],
    ["a field of another kind", { lei: "x" }, "lei"],
    ["an end before the beginning", { validFrom: "2026-02-01", validTo: "2026-01-31" }, "validTo"],
    ["nothing", {}, "counterparty"],
  ])("refuses %s", (_, fields, field) => {
    expect(checkContent(content("processing_agreement", fields)).map((each) => each.field)).toEqual([field]);
  });

  it("refuses a LEI whose check digits are wrong, and a choice that is none", () => {
    const lei = (value: string) => checkContent(content("organisation", { lei: value })).length;
    expect(lei("7LTWFZYICNSX8D621K86")).toBe(0);
    expect(lei("7LTWFZYICNSX8D621K87")).toBe(1);
    expect(checkContent(content("organisation", { role: "owner" }))).toHaveLength(1);
  });

  it("refuses the paper of what has none, and a hash of another length", () => {
    expect(checkContent(content("organisation", { legalName: "Bank" }, { document }))).toHaveLength(1);
    const short = { ...document, sha256: "ab" };
    expect(checkContent(content("processing_agreement", agreement, { document: short }))).toHaveLength(1);
  });
});

describe("what a register lacks", () => {
  it("is everything where nothing was recorded, and no more than the policy asks for", () => {
    expect(reasons([]).map(([kind]) => kind)).toEqual([
      "organisation",
      "system_description",
      "processing_agreement",
    ]);
    expect(reasons([], { promisesRegion: true, allowsTransfer: true }).map(([kind]) => kind)).toEqual([
      "organisation",
      "system_description",
      "processing_agreement",
      "residency_amendment",
      "retention_approval",
      "transfer_mechanism",
    ]);
  });

  it("follows from what was said: clauses ask for an assessment, a financial entity for its DORA row", () => {
    const scc = item("a", content("transfer_mechanism", { mechanism: "scc" }));
    const bank = item("b", content("organisation", { financialEntity: "yes" }));
    const missing = reasons([scc, bank]).filter(([, reason]) => reason === "missing");
    expect(missing.map(([kind]) => kind)).toEqual([
      "system_description",
      "processing_agreement",
      "transfer_assessment",
      "dora_arrangement",
    ]);
  });

  it("expects no mechanism of an organisation that exports under another law", () => {
    const needs = { promisesRegion: false, allowsTransfer: true };
    const of = (country: string) =>
      reasons([item("a", content("organisation", { country }))], needs).map(([kind]) => kind);
    expect(of("US")).not.toContain("transfer_mechanism");
    expect(of("DE")).toContain("transfer_mechanism");
  });

  it("follows the policy in force", () => {
    const policyOf = (id: PresetId, homeRegion: string | null) =>
      policyFromPreset(id, { homeRegion, enforcement: { mode: "block" }, acceptance: null });
    expect(registerNeeds(policyOf("eea_ch_strict", "eu"))).toEqual({
      promisesRegion: true,
      allowsTransfer: false,
    });
    // File handling is not confined there.
    expect(registerNeeds(policyOf("eea_ch", "eu"))).toEqual({ promisesRegion: true, allowsTransfer: true });
    expect(registerNeeds(policyOf("us_regional", "us"))).toEqual({
      promisesRegion: true,
      allowsTransfer: true,
    });
    expect(registerNeeds(policyOf("no_location_requirement", null))).toEqual({
      promisesRegion: false,
      allowsTransfer: true,
    });
  });

  it("names the empty fields that are needed, and the paper nobody hashed", () => {
    const { counterparty, signedOn } = agreement;
    const gaps = reasons([item("a", content("processing_agreement", { counterparty, signedOn }))]);
    expect(gaps.filter(([, reason]) => reason === "incomplete").map(([, , field]) => field)).toEqual([
      "counterpartyCountry",
      "reference",
      "reviewDue",
      "responsible",
      "document",
    ]);
  });

  it("asks for a module only where the mechanism is clauses", () => {
    const of = (mechanism: string) =>
      reasons([item("a", content("transfer_mechanism", { mechanism }))]).map(([, , field]) => field);
    expect(of("scc")).toContain("sccModule");
    expect(of("adequacy")).not.toContain("sccModule");
    expect(of("derogation")).toContain("derogation");
  });

  it.each([
    ["2026-11-27", ["expired", "2026-11-27"]],
    ["2026-11-28", ["expires_soon", "2026-11-28"]],
    ["2026-12-28", ["expires_soon", "2026-12-28"]],
    ["2026-12-29", null],
  ])("says on 28 November of a contract to %s: %s", (validTo, expected) => {
    const gaps = reasons([
      item("a", content("processing_agreement", { ...agreement, validTo }, { document })),
    ]);
    const found = gaps.find(([, , field]) => field === "validTo");
    expect(found ? [found[1], found[3]] : null).toEqual(expected);
  });

  it("says what is overdue for review and what has not begun, the gravest first", () => {
    const late = item(
      "a",
      content("processing_agreement", { ...agreement, reviewDue: "2026-11-01" }, { document }),
    );
    const early = item(
      "b",
      content("processing_agreement", { ...agreement, validFrom: "2027-01-01" }, { document }),
    );
    expect(reasons([early, late]).slice(2)).toEqual([
      ["processing_agreement", "review_overdue", "reviewDue", "2026-11-01"],
      ["processing_agreement", "not_yet_valid", "validFrom", "2027-01-01"],
    ]);
  });

  it("does not count what was withdrawn", () => {
    const gone = item("a", content("processing_agreement", agreement, { document, state: "withdrawn" }));
    expect(reasons([gone])).toContainEqual(["processing_agreement", "missing", null, null]);
  });
});

describe("a day by its number", () => {
  it.each([
    ["1970-01-01", 0],
    ["2000-02-29", 11_016],
    ["2026-11-28", 20_785],
    ["2100-02-29", null],
    ["2026-04-31", null],
    ["2026-12-31", 20_818],
  ])("%s is %s", (day, number) => {
    expect(dayNumber(day)).toBe(number);
  });
});
