import { describe, expect, it } from "vitest";
import { documentText } from "../../regions/document-text.ts";
import type { Manifest } from "./manifest.ts";
import { samplePack } from "./testing/sample-pack.ts";
import { notPassed, verifySample } from "./testing/verify-sample.ts";

describe("manifest form: only what is written as a manifest is one, whoever signed it", () => {
  const manifests: Readonly<Record<string, (manifest: Manifest) => object>> = {
    "a newer version": (manifest) => ({ ...manifest, v: 2 }),
    "a member nobody knows": (manifest) => ({ ...manifest, zone: "east" }),
    "a member of a part that nobody knows": (manifest) => ({
      ...manifest,
      tenant: { ...manifest.tenant, zone: "east" },
    }),
    "a member missing": ({ deployment: _deployment, ...manifest }) => manifest,
    "files not in their order": (manifest) => ({ ...manifest, files: [...manifest.files].reverse() }),
    "a file twice": ({ files, ...manifest }) => ({ ...manifest, files: files.slice(0, 1).concat(files) }),
    "a file without a hash": ({ files, ...manifest }) => ({
      ...manifest,
      files: files.map((file) => ({ ...file, sha256: "" })),
    }),
    "a range that ends before it begins": (manifest) => ({ ...manifest, range: { first: 12, end: 3 } }),
    "a period that ends before it begins": (manifest) => ({
      ...manifest,
      period: { from: manifest.period.to, to: manifest.period.from },
    }),
    "a word nobody knows": (manifest) => ({ ...manifest, status: "settled" }),
    "a root that is none": (manifest) => ({ ...manifest, end_root: "AAAA" }),
    "a filter without one of its facets": ({ filter: { hosts: _hosts, ...filter }, ...manifest }) => ({
      ...manifest,
      filter,
    }),
  };

  it.each(Object.entries(manifests))("%s is refused", (_what, change) => {
    const { zip } = samplePack({
      manifestText: (text) => documentText(change(JSON.parse(text) as Manifest)),
    });
    const found = verifySample(zip);
    expect(found.verdict).not.toBe("PASS");
    expect(found.checks.filter(({ result }) => result !== "PASS").map(({ name }) => name)).toEqual([
      "manifest form",
    ]);
  });

  it("a manifest that is written otherwise is refused", () => {
    const { zip } = samplePack({ manifestText: (text) => ` ${text}` });
    expect(notPassed(verifySample(zip))).toEqual(["FAIL manifest form"]);
  });
});
