import type { FindingDetail } from "../../../lib/contracts/findings.ts";

/** A typed sample for tests of components; no page ever shows one. */
export function sampleFinding(changes: Partial<FindingDetail> = {}): FindingDetail {
  return {
    id: "01a204c3-fa91-74a4-8061-89a1cdf4f4cb",
    tenant: "nordbank-apps",
    cause: "host_out_of_region",
    title: "sent to a host outside policy: api.openai.com, from Mobile app",
    severity: "high",
    state: "open",
    host: "api.openai.com",
    model: "gpt-4.1-mini",
    application: "Mobile app",
    projectId: null,
    environment: "production",
    dataCategory: "personal",
    owner: "Retail team",
    assignee: null,
    assigneeId: null,
    dueAt: null,
    exception: null,
    workers: [
      { id: "01a204c3-0000-7000-8000-000000000001", name: "Mia Okafor" },
      { id: "01a204c3-0000-7000-8000-000000000002", name: "Katrin Vogel" },
    ],
    exceptions: [],
    basis: "observed",
    firstSeenAt: "2026-11-16T06:58:21.000Z",
    lastSeenAt: "2026-11-20T04:57:40.000Z",
    calls: 7,
    simulated: true,
    sentence: "Content was sent to an OpenAI host that the tenant's policy does not allow.",
    remedy: "Set the client's base URL to a host within policy.",
    rule: { title: "The tenant's policy in force when the call began", url: null },
    resolution: null,
    history: [
      { at: "2026-11-16T06:58:21.000Z", actor: "Domicile", kind: "opened", note: null, resolution: null },
    ],
    callsQuery: "tenant=nordbank-apps&reason=host_out_of_region&host=api.openai.com",
    lateCalls: [],
    ...changes,
  };
}
