import { expect, it } from "vitest";
import type { ExceptionRow } from "../../db/finding-exception.ts";
import { exceptionItem } from "./exception-item.ts";

const at = new Date("2026-11-22T09:00:00Z");
const day = (days: number) => new Date(at.getTime() + days * 86_400_000);

const asked: ExceptionRow = {
  tenantId: "019aab00-0000-7000-8000-00000000000a",
  id: "019aab00-0000-7000-8000-000000000001",
  no: 1,
  findingId: "019aab00-0000-7000-8000-000000000002",
  kind: "waiver",
  reason: "Agreed in the risk board.",
  transferMechanism: null,
  ticket: null,
  policyVersion: 3,
  author: "Olga",
  authorId: "019aab00-0000-7000-8000-000000000003",
  createdAt: day(-1),
  lapsesAt: day(6),
  expiresAt: day(30),
  decision: null,
};
const approved: ExceptionRow = {
  ...asked,
  decision: {
    tenantId: asked.tenantId,
    exceptionId: asked.id,
    authorId: asked.authorId,
    outcome: "approved",
    decidedBy: "Otto",
    decidedById: "019aab00-0000-7000-8000-000000000004",
    decidedAt: at,
    note: null,
    ends: [],
  },
};

it.each([
  ["in force under the policy it was accepted under", approved, 3, false],
  ["in force under another policy", approved, 4, true],
  ["in force where no policy is any more", approved, null, true],
  ["only asked for, whatever the policy is", asked, 4, false],
  ["over, whatever the policy is", { ...approved, expiresAt: day(-1) }, 4, false],
])("is stale or not: %s", (_what, row, policyInForce, stale) => {
  expect(exceptionItem(row, { at, personId: null, policyInForce }).stale).toBe(stale);
});
