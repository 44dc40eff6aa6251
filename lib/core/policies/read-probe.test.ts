import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { type ProbeAnswer, probeHosts, readProbe } from "./read-probe.ts";

const answer = (host: string, status: number | null, errorCode: string | null = null): ProbeAnswer => ({
  host,
  status,
  errorCode,
  suggestedHost: errorCode === "incorrect_hostname" ? "api.openai.com" : null,
});
const read = (region: string, own: [number | null, string?], wrong: [number | null, string?] | null) => {
  const hosts = probeHosts(region, openaiCatalog);
  return readProbe(
    region,
    { own: answer(hosts.own, ...own), wrong: wrong === null ? null : answer(hosts.wrong, ...wrong) },
    openaiCatalog,
  );
};
const no: [number, string] = [401, "incorrect_hostname"];

describe("readProbe", () => {
  it.each<[string, string, [number | null, string?], [number | null, string?] | null, unknown]>([
    ["bound to Europe", "eu", [200], no, { kind: "processing", region: "eu" }],
    ["bound to the United States", "us", [200], no, { kind: "processing", region: "us" }],
    ["bound to a region that only stores", "gb", [200], no, { kind: "storage_only", region: "gb" }],
    ["bound to a region with both kinds", "in", [200], no, null],
    ["served everywhere", "eu", [200], [200], { kind: "global", region: null }],
    ["not set up for its own host", "eu", no, null, null],
    ["a key that is not known", "eu", [401, "invalid_api_key"], null, null],
    ["its own host away", "eu", [null], null, null],
    ["the wrong host away", "eu", [200], [null], null],
    ["the wrong host failing", "eu", [200], [500], null],
    ["another refusal than of the host", "eu", [200], [401, "invalid_api_key"], null],
  ])("%s", (_name, region, own, wrong, pin) => {
    const reading = read(region, own, wrong);
    expect(reading.pin).toEqual(pin);
    expect(reading.sentence).toMatch(/\.$/);
  });

  it("never asks the global host or a host of the region itself as the wrong one", () => {
    for (const { code, hosts } of openaiCatalog.regions) {
      const { own, wrong } = probeHosts(code, openaiCatalog);
      expect(hosts).toContain(own);
      expect(hosts).not.toContain(wrong);
      expect(openaiCatalog.hosts.find(({ host }) => host === wrong)?.region).not.toBeNull();
    }
  });
});
