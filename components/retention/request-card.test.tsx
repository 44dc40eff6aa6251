import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { RetentionRequestSummary } from "../../lib/contracts/retention.ts";
import { sampleTenant } from "../tenants/testing/sample-tenant.ts";
import { RequestCard } from "./request-card.tsx";

const at = "2026-11-30T09:00:00.000Z";
const approved: RetentionRequestSummary = {
  id: "01a20000-0000-7000-8000-00000000000a",
  kind: "erasure",
  state: "approved",
  preset: null,
  hold: null,
  reference: "DSR-1",
  basis: "GDPR Art. 17(1)",
  reason: "The person asked for it.",
  requestedBy: "Ann",
  requestedAt: at,
  expiresAt: at,
  decision: { by: "Ben", at, note: null },
  isMine: false,
  erasures: [],
};

afterEach(cleanup);

it.each([
  [true, /^Not yet: a legal hold is in place/],
  [false, /^Being carried out/],
])("an approved erasure that nobody has carried out says why: hold %s", (onHold, words) => {
  render(<RequestCard book={{ tenant: sampleTenant(), onHold }} request={approved} />);
  expect(screen.getByRole("status").textContent).toMatch(words);
});
