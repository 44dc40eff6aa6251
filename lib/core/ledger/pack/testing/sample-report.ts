import type { ComputedReport } from "../../../reports/computed-report.ts";
import { filterWords } from "../../../reports/filter-words.ts";
import { type Report, reportFormat } from "../../../reports/report.ts";
import type { Manifest } from "../manifest.ts";

/** A report of these figures, in which nobody states anything. */
export function sampleReport(
  head: Pick<Manifest, "id" | "tenant" | "simulated" | "supersedes" | "filter">,
  computed: ComputedReport,
  asOf: string,
): Report {
  const none = { not_covered: "This is a sample for tests." };
  return {
    v: 6,
    format: reportFormat,
    id: head.id,
    computed,
    stated: {
      cover: {
        tenant: { ...head.tenant, name: "Nordbank" },
        simulated: head.simulated,
        title: "Sample",
        as_of: asOf,
        software: { name: "Domicile", version: "test" },
        trust_root_sha256: null,
        classification: "test",
        nature: "A management evidence package, not an audit opinion.",
        supersedes: head.supersedes,
        filter_words: filterWords(head.filter, (id) => id),
      },
      verification: { commands: [], trust_root_from: "", verifier_from: "", verifier_sha256: null },
      scope: { in_scope: [], out_of_scope: [], roles: [], definitions: [] },
      criteria: {
        policies: computed.criteria.policies.rows.map(({ version, sha256 }) => ({
          version,
          sha256,
          effective_at: "2026-11-01T00:00:00.000Z",
          preset: "eea_ch",
          words: [],
        })),
        grades: [],
      },
      assertion: none,
      system: { words: [], applications: [], retention: none },
      register: none,
      article_30: none,
      dora: none,
      findings: none,
      record_findings: none,
      exceptions: none,
      reconciliation: none,
      pins: none,
      appendices: {
        glossary: [],
        entry_types: [],
        by_hand: none,
        earlier_checkpoint: none,
        not_covered: [],
      },
      integrity: { words: [], attackers: [], keys: [], earlier_packs: [] },
      sign_off: [],
    },
  };
}
