import { dayWords } from "../../../contracts/instant-words.ts";
import { usageKindWords, usageStateWords } from "../../../core/accounts/usage-words.ts";
import { pinKindWords, pinSourceWords } from "../../../core/policies/pin-words.ts";
import { providerCountOf } from "../../../core/reports/compute-usage.ts";
import { type ComputedReport, isCovered } from "../../../core/reports/computed-report.ts";
import type { Report } from "../../../core/reports/report.ts";
import type { UsageOfProject } from "../../../core/reports/usage-rows.ts";
import type { Block, Column } from "../block.ts";
import { countText, momentText } from "../words.ts";
import { covered, listTable, orNone, whole } from "./rows.ts";

/** What the provider counted of the tenant's projects, beside the record. */
export function providerUsageBlocks({ computed, stated }: Report): readonly Block[] {
  const { provider_usage: usage } = computed;
  return [
    { kind: "heading", level: 2, text: "Beside the provider's own count" },
    ...covered<Usage>(usage, () => [{ kind: "paragraph", text: headline(computed) }]),
    ...covered(stated.reconciliation, (items) => [{ kind: "list", items }]),
    ...(isCovered(usage) ? usageBlocks(usage) : []),
  ];
}

type Usage = Extract<ComputedReport["provider_usage"], { unreadable: number }>;

function usageBlocks(usage: Usage): readonly Block[] {
  const { period_days, compared_until, projects, earlier, differing, unreadable } = usage;
  return [
    {
      kind: "facts",
      rows: [
        { label: "UTC days of the period", value: countText(period_days) },
        {
          label: "Last of them that is compared",
          value: compared_until === null ? "none yet" : dayWords(compared_until),
        },
        { label: "Days that do not agree", value: countText(differing.count) },
        ...(unreadable === 0
          ? []
          : [{ label: "Entries in a form that is not known", value: countText(unreadable) }]),
      ],
    },
    listTable(
      {
        caption: "Days of the period, by project and kind of usage",
        pointer: "/computed/provider_usage/projects",
        columns: projectColumns,
        empty: "No day of the period is compared yet.",
        note: "Counted: by the provider, without batches. Batches: requests that it counted for lines of batches, which are not compared. Sent: calls of the record that left with a key of the project, or whose answer named it. A day on which nothing was used and nothing was sent has no entry, nor has one that was not read.",
      },
      projects,
      (row) => projectCells(row, `${countText(row.days)} of ${countText(period_days)}`),
    ),
    listTable(
      {
        caption: "Days before the period that were settled in it",
        pointer: "/computed/provider_usage/earlier",
        columns: projectColumns,
        empty: "None.",
        note: "A day is settled 48 hours after its end, so that the last days of a period stand in the next report.",
      },
      earlier,
      (row) => projectCells(row, countText(row.days)),
    ),
    listTable(
      {
        caption: "Days that do not agree",
        pointer: "/computed/provider_usage/differing",
        columns: [
          { title: "Entry", share: 0.9, align: "right" },
          { title: "Day", share: 1.4 },
          { title: "Project", share: 2.4, mono: true },
          { title: "Kind", share: 2.1 },
          { title: "Counted", share: 1.15, align: "right" },
          { title: "Sent", share: 1.05, align: "right" },
          { title: "Answered", share: 1.35, align: "right" },
          { title: "Excused", share: 1.2, align: "right" },
          { title: "Outcome", share: 1.9 },
        ],
        empty: "None: every day that was compared agrees.",
        note: "Answered: of those that were sent, with a success. Excused: calls of the days beside it that the provider may count to this one, calls of no project that is known, and calls that other tenants recorded with a key of the project.",
      },
      differing,
      (day) => [
        countText(day.index),
        dayWords(day.day),
        day.project,
        kindText(day.kind),
        countText(day.provider_requests),
        countText(day.sent),
        countText(day.accepted),
        countText(day.edge + day.unnamed + day.elsewhere),
        stateText(day),
      ],
    ),
  ];
}

const projectColumns: readonly Column[] = [
  { title: "Project", share: 2.6, mono: true },
  { title: "Kind", share: 2.4 },
  { title: "Days", share: 1.1, align: "right" },
  { title: "Not comparable", share: 1.6, align: "right" },
  { title: "Counted", share: 1.2, align: "right" },
  { title: "Batches", share: 1.15, align: "right" },
  { title: "Sent", share: 1.1, align: "right" },
  { title: "Missing", share: 1.15, align: "right" },
];

const projectCells = (row: UsageOfProject, days: string): readonly string[] => [
  row.project,
  kindText(row.kind),
  days,
  countText(row.not_comparable),
  countText(row.provider_requests),
  countText(row.batch_requests),
  countText(row.sent),
  countText(row.missing),
];

function headline(computed: ComputedReport): string {
  const { counted = 0, missing = 0, notComparable = 0 } = providerCountOf(computed) ?? {};
  if (counted === 0) return "The provider counted no request on the days that were compared.";
  const comparable = counted - notComparable;
  if (comparable === 0)
    return `The provider counted ${countText(counted)} requests, all on days that cannot be compared.`;
  return missing === 0
    ? `The record accounts for all of the ${countText(comparable)} requests that the provider counted on the days that can be compared.`
    : `Of ${countText(comparable)} requests that the provider counted on the days that can be compared, ${countText(missing)} are in no entry of the record: calls with a key of these projects that no gateway saw and nobody reported, or calls that were lost. Where they went nobody here can say.`;
}

function stateText({ state, missing }: Usage["differing"]["rows"][number]): string {
  return state === "more_at_provider" ? `${countText(missing)} missing` : usageStateWords[state].title;
}

/** A later program may know more kinds. */
const kindText = (kind: string): string =>
  Object.entries(usageKindWords).find(([each]) => each === kind)?.[1] ?? kind;

/** What the projects behind keys are bound to, who said so, and what the provider itself says of them. */
export function pinBlocks({ computed, stated }: Report): readonly Block[] {
  const { statements, projects, calls } = computed.pins;
  const keys = isCovered(stated.pins) ? stated.pins : [];
  const labels = new Map(keys.map(({ credential, label }) => [credential, label]));
  return [
    { kind: "heading", level: 2, text: "What the projects behind the keys are bound to" },
    ...covered(stated.pins, (all) => [
      listTable(
        {
          caption: "Keys at the provider, at the end of the range",
          pointer: "/stated/pins",
          columns: [
            { title: "Key", share: 2 },
            { title: "Project", share: 2.4, mono: true },
            { title: "Bound to", share: 2.6 },
            { title: "How that is known", share: 4 },
            { title: "Entry", share: 0.9, align: "right" },
          ],
          empty: "No key was in use.",
          note: "Entry: where it was stated; a dash where an earlier epoch of the log has it, or nobody said anything.",
        },
        whole(all),
        ({ label, project, kind, region, words, entry }) => [
          label,
          orNone(project),
          boundText(kind, region),
          words,
          entry === null ? "–" : countText(entry),
        ],
      ),
    ]),
    listTable(
      {
        caption: "Calls that left, by the pin that was known when they began",
        pointer: "/computed/pins/calls",
        columns: [
          { title: "Bound to", share: 4 },
          { title: "How that is known", share: 4 },
          { title: "Calls", share: 1.4, align: "right" },
        ],
        empty: "No call left.",
      },
      whole(calls),
      ({ kind, region, source, calls: n }) => [boundText(kind, region), pinSourceWords[source], countText(n)],
    ),
    listTable(
      {
        caption: "Pins that were stated in the period",
        pointer: "/computed/pins/statements",
        columns: [
          { title: "Entry", share: 1, align: "right" },
          { title: "When (UTC)", share: 2.4 },
          { title: "Key", share: 2.4 },
          { title: "Bound to", share: 2.6 },
          { title: "How that is known", share: 3.6 },
        ],
        empty: "None.",
      },
      statements,
      ({ index, at, credential, kind, region, source, residency }) => [
        countText(index),
        momentText(at),
        labels.get(credential) ?? credential,
        boundText(kind, region),
        residency === null ? pinSourceWords[source] : `${pinSourceWords[source]}: ${residency}`,
      ],
    ),
    listTable(
      {
        caption: "What the provider said of projects, in its own words",
        pointer: "/computed/pins/projects",
        columns: [
          { title: "Entry", share: 1, align: "right" },
          { title: "When (UTC)", share: 2.4 },
          { title: "Project", share: 3, mono: true },
          { title: "Residency", share: 2.6, mono: true },
          { title: "Data retention", share: 3, mono: true },
        ],
        empty: "Nothing was read in the period.",
      },
      projects,
      ({ index, at, project, residency, retention, organization_retention }) => [
        countText(index),
        momentText(at),
        project,
        orNone(residency),
        retention !== null && organization_retention !== null
          ? `${retention} (organization: ${organization_retention})`
          : orNone(retention),
      ],
    ),
  ];
}

function boundText(kind: string, region: string | null): string {
  const words = Object.entries(pinKindWords).find(([each]) => each === kind)?.[1] ?? kind;
  return region === null ? words : `${words} ${region.toUpperCase()}`;
}
