import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, callsOf, prompt, tenantWishes } from "../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";
import { type Exposition, parseExposition } from "../testing/parse-exposition.ts";
import { sendRaw } from "../testing/raw-http.ts";

let world: GatewayWorld;
let lab: WorldTenant;
let bank: WorldTenant;
let scraped: Exposition;
let text: string;

const ask = (model: string, more: object = {}) => JSON.stringify({ ...prompt, model, ...more });

beforeAll(async () => {
  world = await createGatewayWorld({
    answerTimeoutMs: 400,
    idleTimeoutMs: 400,
    requestTimeoutMs: 500,
    bodyBytesMax: 4_096,
  });
  lab = await world.addTenant(tenantWishes.lab);
  bank = await world.addTenant(tenantWishes.bank);
  const calls = callsOf(world);
  const path = "/chat/completions";
  await calls.recordsOf(
    lab,
    async () => {
      await calls.post(path, bearer(lab.key));
      await (
        await fetch(`${world.baseUrl}${path}`, {
          method: "POST",
          headers: { ...bearer(lab.key), "content-type": "application/json" },
          body: ask("gpt-5.5", { stream: true }),
        })
      ).text();
      await calls.post(path, bearer(lab.key), ask("sim-hang"));
      await calls.post(path, bearer(lab.key), ask("sim-reset"));
      await calls.post(path, bearer(lab.key), ask("sim-429"));
    },
    5,
  );
  await calls.recordsOf(bank, async () => {
    await calls.post(path, { ...bearer(bank.key), "x-domicile-target-region": "global" });
  });
  await calls.post(path, bearer("dom_nobody"));
  await calls.post(path, bearer(lab.key), " ".repeat(5_000));
  await sendRaw(world.gateway.port, `GET / HTTP/1.1\r\nhost: x\r\na: ${"b".repeat(20_000)}\r\n\r\n`);
  const answer = await fetch(new URL("/metrics", world.baseUrl));
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  text = await answer.text();
  scraped = parseExposition(text);
});

afterAll(() => world.stop());

const value = (name: string, labels: Readonly<Record<string, string>> = {}): number | undefined =>
  scraped.samples.find(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, wanted]) => sample.labels[label] === wanted),
  )?.value;

const own = "domicile_gateway_";
const sent = { operation: "chat.completions.create", region: "global", simulated: "true" };

describe("what a scrape finds", () => {
  it.each([
    ["a call that went well", "calls_total", { ...sent, outcome: "complete" }, 3],
    ["one whose provider hung", "calls_total", { ...sent, outcome: "upstream_timeout" }, 1],
    ["one that was reset", "calls_total", { ...sent, outcome: "upstream_failed" }, 1],
    ["one that was refused", "calls_total", { outcome: "region_blocked", region: "none" }, 1],
    ["one of nobody", "calls_total", { outcome: "invalid_domicile_key", simulated: "false" }, 1],
    ["what was recorded", "calls_recorded_total", { band: "permitted", simulated: "true" }, undefined],
    ["what was stopped", "calls_recorded_total", { band: "stopped", simulated: "true" }, 1],
    ["good answers", "upstream_attempts_total", { status: "2xx" }, 2],
    ["refusing answers", "upstream_attempts_total", { status: "4xx" }, 1],
    ["dials without an answer", "upstream_attempts_total", { status: "none" }, 2],
    ["a provider that stopped answering", "upstream_failures_total", { kind: "idle" }, 1],
    ["a connection that was reset", "upstream_failures_total", { kind: "reset" }, 1],
    ["a body beyond its limit", "limit_refusals_total", { limit: "body_too_large" }, 1],
    ["a head beyond its limit", "limit_refusals_total", { limit: "header_too_large" }, 1],
    ["intents", "intents_total", { result: "durable" }, 5],
    ["whole calls", "call_duration_seconds_count", {}, 8],
    ["first bytes", "upstream_first_byte_seconds_count", {}, 3],
    ["what the gateway adds", "added_seconds_count", {}, 5],
    ["open calls", "calls_in_flight", {}, 0],
    ["sessions", "realtime_sessions", {}, 0],
    ["calls to be recorded", "close_queue_calls", {}, 0],
    ["how long they wait", "recorder_lag_seconds", {}, 0],
    ["intents that wait", "intents_waiting", {}, 0],
    ["bodies in memory", "bodies_bytes", {}, 0],
    ["what was lost", "unrecorded_total", {}, 0],
  ])("%s", (_what, name, labels, wanted) => {
    const found = value(own + name, labels);
    if (wanted === undefined) expect(found).toBeGreaterThan(0);
    else expect(found).toBe(wanted);
  });

  it("how old the configuration is, and how the process does", () => {
    expect(value(`${own}config_age_seconds`)).toBeLessThan(5);
    expect(value("process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
    expect(value("process_cpu_seconds_total")).toBeGreaterThan(0);
    expect(value("nodejs_eventloop_lag_p99_seconds")).toBeDefined();
  });

  it("every figure has a help, a type that fits and a value; histograms add up", () => {
    for (const { name } of scraped.samples) {
      const family = scraped.familyOf(name);
      expect(family?.help, name).toBeTruthy();
      if (name.startsWith(own) && family?.type === "counter") expect(name).toMatch(/_total$/);
    }
    for (const [name, { type }] of scraped.families) {
      if (type !== "histogram" || !name.startsWith(own)) continue;
      const bucketed = scraped.samples.filter((sample) => sample.name === `${name}_bucket`);
      const counts = bucketed.map((sample) => sample.value);
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      expect(counts.at(-1)).toBe(value(`${name}_count`));
    }
  });

  it("names no tenant, key, model or host of anybody", () => {
    expect(text).not.toMatch(/sk-sim|dom_|"(lab|bank)"|gpt-|openai\.com|Where are you/);
    for (const { labels } of scraped.samples) expect(Object.keys(labels)).not.toContain("tenant");
  });

  it("is in the manual, name by name", () => {
    const manual = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
    const missing = [...scraped.families.keys()].filter(
      (name) => name.startsWith(own) && !manual.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });
});
