import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayMs } from "../../core/calendar.ts";
import { openAuthority } from "./authority.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "domicile-authority-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = ["eu.api.openai.com", "us.api.openai.com"];
const keptFile = () => path.join(folder, "certificates.json");

describe("openAuthority", () => {
  it("signs one certificate per name, keeps it unreadable for others, and opens it again unchanged", async () => {
    const first = await openAuthority(folder, names);
    const ca = new X509Certificate(first.ca);
    const leaf = new X509Certificate(first.hosts["eu.api.openai.com"]?.certificate ?? "");
    expect(ca.ca).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.verify(ca.publicKey)).toBe(true);
    expect(leaf.checkHost("us.api.openai.com")).toBeUndefined();
    for (const file of [keptFile(), first.caFile]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await openAuthority(folder, [...names].reverse())).toEqual(first);
  });

  it("serves whoever starts it once for two years, and no longer than any client takes of a private authority", async () => {
    const { ca, hosts } = await openAuthority(folder, names);
    for (const pem of [ca, ...Object.values(hosts).map(({ certificate }) => certificate)]) {
      const { validFromDate, validToDate } = new X509Certificate(pem);
      expect(validToDate.getTime()).toBeGreaterThan(Date.now() + 2 * 365 * dayMs);
      expect(validToDate.getTime() - validFromDate.getTime()).toBeLessThanOrEqual(825 * dayMs);
    }
  });

  it("keeps no key with which another name could be signed", async () => {
    const { ca } = await openAuthority(folder, names);
    const kept = JSON.parse(readFileSync(keptFile(), "utf8"));
    expect(Object.keys(kept).sort()).toEqual(["ca", "expiresAt", "hosts"]);
    const authority = new X509Certificate(ca);
    for (const { key } of Object.values(kept.hosts) as { key: string }[]) {
      expect(authority.checkPrivateKey(createPrivateKey(key))).toBe(false);
    }
  });

  it.each([
    ["made for other names", () => undefined, [...names, "ae.api.openai.com"]],
    [
      "of less than a year",
      () => {
        const kept = JSON.parse(readFileSync(keptFile(), "utf8"));
        kept.expiresAt = new Date(Date.now() + 365 * dayMs).toISOString();
        writeFileSync(keptFile(), JSON.stringify(kept));
      },
      names,
    ],
    ["half a file", () => writeFileSync(keptFile(), '{"ca": "'), names],
  ])("makes a new one when the kept one is %s", async (_, spoil, wanted) => {
    const before = await openAuthority(folder, names);
    spoil();
    const after = await openAuthority(folder, wanted);
    expect(after.ca).not.toBe(before.ca);
    expect(Object.keys(after.hosts).sort()).toEqual([...wanted].sort());
    expect(readFileSync(after.caFile, "utf8")).toBe(after.ca);
  });
});
