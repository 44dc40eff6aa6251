import { dayWords } from "../../../contracts/instant-words.ts";
import type { Report } from "../../../core/reports/report.ts";
import type { Chapter } from "../block.ts";
import { placeText } from "../place-text.ts";
import { countText } from "../words.ts";
import { covered, listTable, ofWhatIsHere, orNone, whole } from "./rows.ts";

export function transfersChapter({ computed, stated }: Report): Chapter {
  const names = new Map(stated.system.applications.map(({ id, name }) => [id, name]));
  return {
    number: "8",
    title: "Transfers register",
    breakBefore: true,
    blocks: [
      {
        kind: "paragraph",
        text: "One row per application, host and operation whose calls may have been handled outside the European Economic Area. Countries are what the evidence cannot rule out, not where anybody saw the data.",
      },
      listTable(
        {
          caption: "Flows",
          pointer: "/computed/transfers",
          columns: [
            { title: "Application", share: 2 },
            { title: "Host", share: 2.8, mono: true },
            { title: "Operation", share: 2.4, mono: true },
            { title: "Third countries", share: 2 },
            { title: "Grade", share: 0.8 },
            { title: "Calls", share: 1, align: "right" },
            { title: "First – last", share: 2 },
          ],
          empty: ofWhatIsHere(
            computed,
            "No flow left the European Economic Area among the calls of this report.",
          ),
        },
        computed.transfers,
        (row) => [
          names.get(row.application_id) ?? row.application_id,
          row.host,
          row.operation,
          placeText(row.third_countries),
          row.grade ?? "–",
          countText(row.calls),
          `${dayWords(row.first_at)} – ${dayWords(row.last_at)}`,
        ],
      ),
      listTable(
        {
          caption: "DORA register of information, template B_02.02: observed",
          pointer: "/computed/dora/rows/*/b_02_02",
          columns: [
            { title: "Application", share: 2 },
            { title: "Host", share: 3, mono: true },
            { title: "0130 provision", share: 2 },
            { title: "0150 at rest", share: 2 },
            { title: "0160 processing", share: 2 },
          ],
          empty: ofWhatIsHere(computed, "No call of this report sent content to a host."),
          note: "Every host that was sent content, in the European Economic Area or not. Commission Implementing Regulation (EU) 2024/2956. Several countries make several rows in the template.",
        },
        computed.dora,
        (row) => [
          names.get(row.application_id) ?? row.application_id,
          row.host,
          placeText(row.b_02_02.c0130),
          placeText(row.b_02_02.c0150),
          placeText(row.b_02_02.c0160),
        ],
      ),
      { kind: "heading", level: 2, text: "Article 30(1) GDPR, as declared" },
      ...covered(stated.article_30, ({ exporter, facts, importers, missing }) => [
        {
          kind: "facts",
          rows: [
            { label: "Exporter", value: exporter },
            ...facts.map(({ what, said }) => ({ label: what, value: said })),
          ],
        },
        listTable(
          {
            caption: "Importers and safeguards",
            pointer: "/stated/article_30/importers",
            columns: [
              { title: "Importer", share: 2.4 },
              { title: "Country", share: 1 },
              { title: "Mechanism", share: 2 },
              { title: "Assessment", share: 2 },
              { title: "Further measures", share: 3 },
              { title: "Entry", share: 0.9, align: "right" },
            ],
            empty: "No importer is declared.",
          },
          whole(importers),
          (row) => [
            row.flow === null ? row.name : `${row.name}: ${row.flow}`,
            orNone(row.country),
            [row.mechanism, row.module].filter((part) => part !== null).join(", ") || "not stated",
            orNone(row.assessment),
            orNone(row.measures),
            row.entry === null ? "–" : countText(row.entry),
          ],
        ),
        ...missingNotice(missing),
      ]),
      { kind: "heading", level: 2, text: "DORA template B_02.02, as contracted" },
      ...covered(stated.dora, (rows) =>
        rows.map(({ columns, entry }) =>
          listTable(
            {
              caption: `Arrangement in entry ${entry === null ? "none" : countText(entry)} of the log`,
              pointer: "/stated/dora",
              columns: [
                { title: "Column", share: 0.8, mono: true },
                { title: "What", share: 3 },
                { title: "As registered", share: 3 },
              ],
              empty: "Nothing is stated.",
            },
            whole(columns),
            ({ number, label, said }) => [number, label, orNone(said)],
          ),
        ),
      ),
      { kind: "heading", level: 2, text: "Contracts and statements" },
      ...covered(stated.register, ({ entries, missing }) => [
        listTable(
          {
            caption: "The register",
            pointer: "/stated/register/entries",
            columns: [
              { title: "What", share: 2.6 },
              { title: "With", share: 2 },
              { title: "Reference", share: 1.6 },
              { title: "From – until", share: 2 },
              { title: "Document, SHA-256", share: 2.6, mono: true },
              { title: "Answers for it", share: 1.8 },
            ],
            empty: "Nothing is in the register.",
            note: "The hash is of the document as it was registered; the document itself is not in the pack.",
          },
          whole(entries),
          (row) => [
            [row.kind, row.title === row.kind ? null : row.title, row.note].filter(Boolean).join(": "),
            orNone(row.counterparty),
            orNone(row.reference),
            row.from === null && row.until === null
              ? "not stated"
              : `${row.from ?? "not stated"} – ${row.until ?? "open"}`,
            row.document_sha256 ?? "none",
            orNone(row.responsible),
          ],
        ),
        ...missingNotice(missing),
      ]),
    ],
  };
}

function missingNotice(missing: readonly string[]) {
  if (missing.length === 0) return [];
  return [{ kind: "notice", tone: "warn", title: "Missing", text: missing.join("\n") } as const];
}
