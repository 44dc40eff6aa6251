import type { PolicyBook } from "../../../lib/contracts/policies.ts";
import type { ReplayChunk } from "../../../lib/contracts/replays.ts";
import type { Policy } from "../../../lib/core/policies/policy.ts";
import { preset } from "../../../lib/core/testing/case.ts";

const at = "2026-11-22T09:00:00.000Z";

/** A tenant's policies: this one, in force. */
export function bookOf(policy: Policy = preset("eea_ch").policy): PolicyBook {
  const version = { version: 1, policy, sha256: "a".repeat(64), effectiveAt: at, createdAt: at };
  return {
    tenant: { slug: "bank", name: "Bank", mode: "simulated", role: "admin" },
    inForce: 1,
    versions: [{ ...version, createdBy: "olga", reason: null, approvedBy: null, sentences: [], changes: [] }],
    proposals: [],
  };
}

/** Of a period without calls. */
export const nothingLooked: ReplayChunk = {
  from: at,
  to: at,
  totalCalls: 0,
  looked: 0,
  verdicts: [],
  stopped: 0,
  stoppedBefore: 0,
  wouldStop: 0,
  stopReasons: [],
  differing: [],
  nextCursor: null,
};
