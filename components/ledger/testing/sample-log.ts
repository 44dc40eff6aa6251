import type { Checkpoint, LogDetail, LogSummary } from "../../../lib/contracts/ledger.ts";

export const asOf = "2026-11-22T12:00:00.000Z";
const origin = "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1";

/** A log that is signed to its end and fully checked; a test says what differs. */
export function sampleSummary(over: Partial<LogSummary> = {}): LogSummary {
  return {
    log: "tenant",
    tenant: "nordbank",
    state: "whole",
    entries: 1200,
    checkpoint: { size: 1200, signedAt: "2026-11-22T11:59:56.000Z" },
    waiting: 0,
    waitingSince: null,
    verifiedAt: "2026-11-22T02:00:00.000Z",
    reason: null,
    ...over,
  };
}

export function sampleLog(over: Partial<LogDetail> = {}): LogDetail {
  return {
    ...sampleSummary(),
    asOf,
    epoch: 1,
    origin,
    root: "A8Zk0nW0xJXn8XyX1p0yq0Yg5v0mM8Qn3c8m0m0m0m0=",
    signerHeardAt: "2026-11-22T11:59:56.000Z",
    callsBefore: 0,
    verifications: [
      {
        part: "tree",
        at: "2026-11-22T02:00:00.000Z",
        epoch: 1,
        intact: true,
        entries: 1100,
        sentence: "1100 entries, 3 checkpoints: no difference.",
        differences: 0,
        found: [],
      },
      {
        part: "rows",
        at: "2026-11-22T02:00:04.000Z",
        epoch: 1,
        intact: true,
        entries: 1100,
        sentence: "1090 calls, 10 events: no difference.",
        differences: 0,
        found: [],
      },
    ],
    statements: [],
    keys: [
      {
        vkey: "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1+0a1b2c3d+AQID",
        role: "log",
        epoch: 1,
        fromSize: 0,
        toSize: null,
        status: "active",
        reason: null,
      },
    ],
    epochs: [{ epoch: 1, origin, openedAt: "2026-10-01T08:00:00.000Z", entries: 1200, sealed: null }],
    trustRoot: { version: 1, at: "2026-10-01T08:00:00.000Z", fingerprint: "c0ffee".repeat(10) },
    ...over,
  };
}

export function sampleCheckpoint(over: Partial<Checkpoint> = {}): Checkpoint {
  return {
    epoch: 1,
    size: 1200,
    signedAt: "2026-11-22T11:59:56.000Z",
    root: "A8Zk0nW0xJXn8XyX1p0=",
    ...over,
  };
}
