import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { pinOfResidency } from "./pin-of-residency.ts";

/** `ProjectResidency` of the client `openai` 7.57.0, read 2026-11-30. */
const documented = [
  ["GLOBAL", "global", null],
  ["US_STORAGE_PROCESSING", "processing", "us"],
  ["EU_STORAGE_PROCESSING", "processing", "eu"],
  ["JP_STORAGE", "storage_only", "jp"],
  ["JP_STORAGE_PROCESSING", "processing", "jp"],
  ["KR_STORAGE", "storage_only", "kr"],
  ["CA_STORAGE", "storage_only", "ca"],
  ["SG_STORAGE", "storage_only", "sg"],
  ["IN_STORAGE", "storage_only", "in"],
  ["IN_STORAGE_PROCESSING", "processing", "in"],
  ["AU_STORAGE", "storage_only", "au"],
  ["AU_STORAGE_PROCESSING", "processing", "au"],
  ["GB_STORAGE", "storage_only", "gb"],
  ["AE_STORAGE", "storage_only", "ae"],
  ["AE_STORAGE_PROCESSING", "processing", "ae"],
] as const;

describe("pinOfResidency", () => {
  it.each(documented)("%s is %s %s", (residency, kind, region) => {
    expect(pinOfResidency(residency, openaiCatalog)).toEqual({ kind, region });
  });

  it.each([null, "", "eu", "EU", "EU_STORAGE", "eu_storage_processing", "XX_STORAGE_PROCESSING", "GLOBAL "])(
    "%j makes no pin",
    (residency) => {
      expect(pinOfResidency(residency, openaiCatalog)).toBeNull();
    },
  );

  it("follows the catalog, where it lists another word for a region", () => {
    const catalog = {
      ...openaiCatalog,
      regions: openaiCatalog.regions.map((row) =>
        row.code === "kr"
          ? { ...row, projectResidencies: ["KR_STORAGE", "KR_STORAGE_PROCESSING", "KR_ELSEWHERE"] }
          : row,
      ),
    };
    expect(pinOfResidency("KR_STORAGE_PROCESSING", openaiCatalog)).toBeNull();
    expect(pinOfResidency("KR_STORAGE_PROCESSING", catalog)).toEqual({ kind: "processing", region: "kr" });
    // Listed, and of a form whose meaning nobody knows.
    expect(pinOfResidency("KR_ELSEWHERE", catalog)).toBeNull();
  });
});
