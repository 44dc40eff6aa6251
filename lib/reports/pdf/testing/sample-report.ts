import { callDraft } from "../../../core/ledger/entries/call-draft.ts";
import { decodeEntry, encodeEntry } from "../../../core/ledger/entries/entry.ts";
import type { EntryDraft } from "../../../core/ledger/entries/entry-draft.ts";
import { eventDraft } from "../../../core/ledger/entries/event-body.ts";
import { readEntry } from "../../../core/ledger/entries/read-entry.ts";
import { openaiCatalog } from "../../../core/regions/openai-catalog.ts";
import { everyCall } from "../../../core/reports/call-filter.ts";
import type { ComputedReport } from "../../../core/reports/computed-report.ts";
import { type Report, reportFormat, type StatedReport } from "../../../core/reports/report.ts";
import type { ReportFrame } from "../../../core/reports/report-frame.ts";
import { openTally } from "../../../core/reports/tally.ts";
import { openTallyPart } from "../../../core/reports/tally-part.ts";
import { chat, dialled, pinnedTo, preset } from "../../../core/testing/case.ts";
import { recordedCall } from "../../../core/testing/recorded-call.ts";
import { nodeCrypto } from "../../../services/ledger/node-crypto.ts";

const log = "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1";

/** A report over real entries: `calls` of them within the region, and so many that went to the global host. */
export function sampleReport({
  calls = 6,
  leaks = 2,
  simulated = false,
  more = [],
}: {
  readonly calls?: number;
  readonly leaks?: number;
  readonly simulated?: boolean;
  /** Entries behind those. */
  readonly more?: readonly EntryDraft[];
} = {}): Report {
  const drafts = [
    ...Array.from({ length: calls }, (_, n) => call(n + 1, "eu.api.openai.com")),
    ...Array.from({ length: leaks }, (_, n) => call(calls + n + 1, "api.openai.com")),
    eventDraft({
      id: "019aab00-0000-7000-8000-00000000e001",
      at: "2026-11-22T10:00:00.000Z",
      actor: "person",
      actorId: "p-1",
      actorName: "M. Roth",
      kind: "policy.saved",
      subject: "nordbank",
      detail: {},
    }),
    ...more,
  ];
  return {
    v: 6,
    format: reportFormat,
    id: "7".repeat(32),
    computed: computed(drafts),
    stated: stated(simulated),
  };
}

function call(n: number, host: string): EntryDraft {
  return callDraft(
    recordedCall(
      {
        facts: chat({ modelRequested: n % 2 === 0 ? "gpt-4o-2024-08-06" : "gpt-4.1-2025-04-14" }),
        attempts: [dialled(host)],
        policy: preset("eea_ch"),
        catalog: openaiCatalog,
        pin: pinnedTo("eu"),
        intendedRegion: "eu",
        refusal: null,
      },
      { id: `019aab00-0000-7000-8000-${String(n).padStart(12, "0")}`, intent: null },
    ),
  );
}

function computed(drafts: readonly EntryDraft[]): ComputedReport {
  const frame: ReportFrame = {
    id: "7".repeat(32),
    log,
    first: 0,
    end: drafts.length,
    endRoot: `${"A".repeat(43)}=`,
    from: "2026-11-22T00:00:00.000Z",
    to: "2026-11-23T00:00:00.000Z",
    status: "final",
    filter: everyCall,
    disclosure: "all",
  };
  const tally = openTally(nodeCrypto, frame);
  const part = openTallyPart(nodeCrypto, frame);
  for (const [index, { type, body }] of drafts.entries()) {
    const entry = decodeEntry(encodeEntry({ log, index, type, at: "2026-11-22T09:00:01.000Z", body }));
    part.add(entry, readEntry(entry));
  }
  tally.add(part.end());
  return tally.end();
}

const stated = (simulated: boolean): StatedReport => ({
  cover: {
    tenant: {
      id: "019aab00-0000-7000-8000-0000000000a1",
      slug: "nordbank",
      name: "Nordbank Aktiengesellschaft",
    },
    simulated,
    title: "Residency evidence report",
    as_of: "2026-11-23T00:00:10.000Z",
    software: { name: "Domicile", version: "0.1.0" },
    trust_root_sha256: "3f".repeat(32),
    classification: "management evidence, not an audit opinion",
    nature: "A management evidence package drawn from a tamper-evident record. It is not an audit opinion.",
    supersedes: null,
    filter_words: "Every call of the tenant",
  },
  verification: {
    commands: ["node domicile-verify.mjs domicile-nordbank-2026-11.zip --trust trust-root.json"],
    trust_root_from: "The Ledger page of the deployment, or your contract's annex.",
    verifier_from: "The Verify page of the deployment.",
    verifier_sha256: "5a".repeat(32),
  },
  scope: {
    in_scope: ["Calls through the gateways of this deployment."],
    out_of_scope: ["Calls that reached a provider past the gateways."],
    roles: ["Controller: Nordbank Aktiengesellschaft. Processor: OpenAI Ireland Ltd."],
    definitions: [{ term: "Inference", meaning: "Where the model that answered ran." }],
  },
  criteria: {
    policies: [
      {
        version: 1,
        sha256: "9c".repeat(32),
        effective_at: "2026-10-01T00:00:00.000Z",
        preset: "EEA+CH: inference and storage",
        words: ["Inference and storage stay in the European Economic Area and Switzerland."],
      },
    ],
    catalogs: [
      {
        version: 2,
        sha256: "7d".repeat(32),
        edition: 1,
        published_by: "Astrid Berg",
        approved_by: "Paul Okafor",
        reason: "Read again on the provider's page.",
        differences: {
          count: 1,
          rows: ["Widens: Region United States: countries becomes DE, was US."],
        },
      },
    ],
    grades: [
      {
        grade: "C",
        says: "We dialled the documented host ourselves.",
        does_not_say: "Anything past the edge.",
      },
    ],
  },
  assertion: { not_covered: "Nobody has asserted anything for this period." },
  system: {
    words: [
      "Applications call the gateway, which dials the host that the policy allows and records what it saw.",
    ],
    applications: [
      {
        id: "019aab00-0000-7000-8000-0000000000c1",
        name: "loan-assistant",
        environment: "production",
        purpose: null,
        data: "personal",
        owner: "Lending IT",
      },
    ],
    retention: ["Bodies of entries are kept for one year."],
  },
  register: { not_covered: "Nothing is in the register." },
  dora: [
    {
      columns: [
        { number: "0010", label: "Contractual arrangement reference number", said: "CA-7" },
        { number: "0130", label: "Countries the service is provided from", said: "IE" },
        { number: "0180", label: "Level of reliance", said: null },
      ],
      entry: 8,
    },
  ],
  article_30: {
    exporter: "Nordbank Aktiengesellschaft",
    facts: [{ what: "Country", said: "DE" }],
    importers: [
      {
        name: "OpenAI Ireland Ltd",
        flow: "Chat of the loan desk",
        country: "IE",
        mechanism: null,
        module: null,
        assessment: null,
        measures: null,
        entry: 8,
      },
    ],
    missing: ["No transfer mechanism is registered for api.openai.com."],
  },
  findings: [
    {
      id: "f-1",
      title: "Calls to a host outside the policy",
      severity: "high",
      state: "open",
      resolution: null,
      opened_at: "2026-11-22T09:00:01.000Z",
      entry: null,
    },
  ],
  record_findings: [
    {
      id: "019aab00-0000-7000-8000-00000000f001",
      cause: "log_frozen",
      title: "Record frozen",
      severity: "critical",
      state: "resolved",
      resolution: "provider_fix",
      opened_at: "2026-11-22T09:30:00.000Z",
      entry: 9,
    },
  ],
  exceptions: [
    {
      id: "EX-12",
      words:
        "EX-12, mitigated, for “Sent to a host outside policy: api.openai.com”: in force from 2026-10-02 to 2026-10-30.",
      entry: 41,
    },
  ],
  reconciliation: ["Admin key “OpenAI organization” (ending in 9f2c), given by M. Roth on 1 Nov 2026."],
  pins: [
    {
      credential: "019aab00-0000-7000-8000-0000000000c1",
      label: "Loan desk",
      project: "proj_nord",
      source: "admin_api",
      kind: "processing",
      region: "eu",
      since: "2026-11-22T10:00:00.000Z",
      words: "read from OpenAI's admin API on 22 Nov 2026: EU_STORAGE_PROCESSING",
      entry: 9,
    },
  ],
  appendices: {
    glossary: [{ term: "Entry", meaning: "One record of the log." }],
    entry_types: [{ type: "call", says: "Times, attempts, verdict." }],
    by_hand: {
      index: 3,
      file: "log/entries-00000000.ndjson",
      line: 4,
      leaf_sha256: "4c".repeat(32),
      leaves: "log/leaves-00000000.bin",
      leaf_offset: 96,
    },
    earlier_checkpoint: { not_covered: "The range begins with the log." },
    not_covered: [{ what: "Clock skew", why: "Clocks are not compared." }],
  },
  integrity: {
    attackers: [{ who: "Whoever rules the database", can: "Read everything.", cannot: "Sign." }],
    words: [
      "The signer keeps its own memory outside the database and refuses to sign a shorter or another log.",
    ],
    keys: [{ vkey: "domicile.ledger+1a2b3c4d+AQ==", role: "log", status: "active" }],
    earlier_packs: [],
  },
  sign_off: [
    { role: "preparer", name: null, on: null },
    { role: "reviewer", name: null, on: null },
    { role: "approver", name: null, on: null },
  ],
});
