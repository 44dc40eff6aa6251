import { instantWords } from "../../contracts/instant-words.ts";
import type { Report } from "../../core/reports/report.ts";
import type { Chapter } from "./block.ts";
import { appendicesChapter } from "./chapters/appendices.ts";
import { changesChapter, integrityChapter, notShownChapter, signOffChapter } from "./chapters/closing.ts";
import { controlsChapter, deviationsChapter, sampleChapter } from "./chapters/outcome.ts";
import { populationChapter } from "./chapters/population.ts";
import { bandsOf, resultsChapter } from "./chapters/results.ts";
import { assertionChapter, criteriaChapter, scopeChapter, systemChapter } from "./chapters/scope.ts";
import { transfersChapter } from "./chapters/transfers.ts";
import { verificationChapter } from "./chapters/verification.ts";
import type { Cover, PdfAttachment } from "./printed-document.ts";
import { renderDocument } from "./render-document.ts";
import { countText, presetText } from "./words.ts";

/**
 * `report.pdf`: `report.json` for people. A tagged PDF 1.7 with its fonts embedded and `attachments` inside (`report.json` is
 * one of them). The same report gives the same bytes. PDF/A is not claimed: no validator has run.
 */
export function renderReportPdf(report: Report, attachments: readonly PdfAttachment[]): Promise<Uint8Array> {
  const { cover } = report.stated;
  const { scope } = report.computed;
  return renderDocument({
    info: {
      title: cover.title,
      author: cover.tenant.name,
      subject: `Calls that began from ${instantWords(scope.from)} to before ${instantWords(scope.to)}`,
      at: new Date(cover.as_of),
    },
    cover: coverOf(report),
    chapters: chaptersOf(report),
    footer: `Report ${report.id} · entries ${countText(scope.first)} to ${countText(scope.end)} · ${cover.classification}`,
    watermark: cover.simulated ? "SIMULATED" : null,
    attachments,
  });
}

function coverOf(report: Report): Cover {
  const { stated, computed } = report;
  const { cover } = stated;
  const { scope } = computed;
  return {
    title: cover.title,
    subtitle: cover.tenant.name,
    statement: `${cover.nature} What it does not show stands in chapter 14.`,
    facts: [
      {
        label: "Calls that began",
        value: `from ${instantWords(scope.from)} to before ${instantWords(scope.to)}`,
      },
      { label: "Filter", value: cover.filter_words },
      { label: "Status", value: scope.status },
      { label: "As of", value: instantWords(cover.as_of) },
      { label: "Entries of the log", value: `${countText(scope.first)} to before ${countText(scope.end)}` },
      {
        label: "Policies in force",
        value:
          stated.criteria.policies
            .map(({ version, preset }) => `version ${version} (${presetText(preset)})`)
            .join(", ") || "none",
      },
      { label: "Report", value: report.id, mono: true },
      {
        label: "Supersedes",
        value: cover.supersedes ?? "no earlier report",
        mono: cover.supersedes !== null,
      },
      {
        label: "Trust root, SHA-256",
        value: cover.trust_root_sha256 ?? "not stated here: see the appendices",
        mono: cover.trust_root_sha256 !== null,
      },
      { label: "Made with", value: `${cover.software.name} ${cover.software.version}` },
      ...(cover.simulated
        ? [{ label: "Simulated", value: "No call of this report reached a real provider." }]
        : []),
    ],
    blocks: [bandsOf(report)],
  };
}

function chaptersOf(report: Report): Chapter[] {
  return [
    verificationChapter(report),
    scopeChapter(report),
    criteriaChapter(report),
    assertionChapter(report),
    systemChapter(report),
    populationChapter(report),
    resultsChapter(report),
    transfersChapter(report),
    controlsChapter(report),
    deviationsChapter(report),
    sampleChapter(report),
    changesChapter(report),
    integrityChapter(report),
    notShownChapter(report),
    signOffChapter(report),
    appendicesChapter(report),
  ];
}
