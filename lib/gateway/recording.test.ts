import { v7 } from "uuid";
import { expect, it, vi } from "vitest";
import type { CallRecord } from "../core/calls/call-record.ts";
import { unknownPin } from "../core/policies/policy.ts";
import { withoutEnd } from "../services/calls/records-without-end.ts";
import { createMetrics } from "./metrics.ts";
import { createOpenNumbers } from "./open-numbers.ts";
import { BatchFault, type Recorder } from "./recorder.ts";
import { createRecording } from "./recording.ts";
import { defaultSettings } from "./settings.ts";
import { noSpans } from "./telemetry/call-spans.ts";

vi.mock("../log.ts", () => ({ log: { warn: () => {}, error: () => {} } }));

const tenantId = v7();

function ended(n: number): CallRecord {
  const intent = {
    ...{ tenantId, bootId: v7(), n, callId: v7(), startedAt: "2026-11-20T08:00:00.000Z", keyId: null },
    ...{ applicationId: v7(), credentialId: null, source: "gateway" as const, path: "/v1/responses" },
    ...{ operation: "responses.create", endpoint: "/v1/responses", modelRequested: "gpt-5.4" },
    ...{ target: "policy", host: "eu.api.openai.com", intendedRegion: "eu", policyVersion: 1 },
    ...{ catalogVersion: 1, relayCountry: null, simulated: true },
  };
  return { ...withoutEnd(intent, unknownPin), end: "complete", endedAt: "2026-11-20T08:00:01.000Z" };
}

function recordingBy(isRefused: (record: CallRecord) => boolean) {
  const taken: CallRecord[] = [];
  const recorder: Recorder = {
    async record(_tenantId, records) {
      if (records.some(isRefused)) throw new BatchFault("It does not fit into an order.");
      taken.push(...records);
      return records.map(() => ({ outcome: "recorded", verdict: null, band: null, bare: false }));
    },
    stop: async () => {},
  };
  const heartbeat = { start() {}, poke() {}, stop: async () => {} };
  const parts = {
    recorder,
    metrics: createMetrics(),
    spans: noSpans,
    numbers: createOpenNumbers(),
    heartbeat,
  };
  const { closing } = createRecording({ ...defaultSettings, spoolFolder: null }, parts);
  const close = (records: readonly CallRecord[]) => {
    for (const record of records) {
      closing.reserve(record.tenantId);
      closing.add(record);
    }
    return closing.drain(5_000);
  };
  return { taken, close };
}

it("a call that cannot be handed over is recorded with what its intent says, and all others as they were", async () => {
  const calls = [ended(1), ended(2), ended(3)];
  const guilty = calls[1]?.id;
  const { taken, close } = recordingBy(({ id, end }) => id === guilty && end === "complete");
  expect(await close(calls)).toBe(0);
  expect(taken.map(({ id, end }) => [id, end]).toSorted()).toEqual(
    calls.map(({ id }) => [id, id === guilty ? "unknown" : "complete"]).toSorted(),
  );
});

it("one that cannot be handed over even so is given up, and holds nobody up", async () => {
  const calls = [ended(1), ended(2)];
  const guilty = calls[0]?.id;
  const { taken, close } = recordingBy(({ id }) => id === guilty);
  expect(await close(calls)).toBe(0);
  expect(taken.map(({ id }) => id)).toEqual([calls[1]?.id]);
});
