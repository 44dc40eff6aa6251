import { instantWords } from "../../../contracts/instant-words.ts";
import type { Report } from "../../../core/reports/report.ts";
import type { Block, Chapter } from "../block.ts";
import { countText, presetText } from "../words.ts";
import { pinBlocks } from "./provider.ts";
import { covered, listTable, orNone, whole } from "./rows.ts";

export function scopeChapter({ stated, computed }: Report): Chapter {
  const { in_scope, out_of_scope, roles, definitions } = stated.scope;
  const { scope } = computed;
  return {
    number: "2",
    title: "Scope",
    breakBefore: true,
    blocks: [
      {
        kind: "facts",
        rows: [
          {
            label: "Calls that began",
            value: `from ${instantWords(scope.from)} to before ${instantWords(scope.to)}`,
          },
          {
            label: "Entries of the log",
            value: `${countText(scope.first)} to before ${countText(scope.end)}`,
          },
          { label: "Filter", value: stated.cover.filter_words },
          {
            label: "Status",
            value:
              scope.status === "final"
                ? "final: the range ends at the first checkpoint after the period"
                : "provisional: the period was not over when the range was closed",
          },
          {
            label: "Entries disclosed",
            value:
              scope.disclosure === "all"
                ? "all of the range"
                : "those of the filter; of the others the leaf hash alone",
          },
        ],
      },
      ...bullets("In scope", in_scope),
      ...bullets("Out of scope", out_of_scope),
      ...bullets("Roles", roles),
      { kind: "heading", level: 2, text: "What words mean here" },
      { kind: "facts", rows: definitions.map(({ term, meaning }) => ({ label: term, value: meaning })) },
    ],
  };
}

export function criteriaChapter({ stated, computed }: Report): Chapter {
  return {
    number: "3",
    title: "Criteria",
    blocks: [
      {
        kind: "paragraph",
        text: "Each call was judged by the policy and the catalog in force when it began. Both are in the pack under their hashes, and the verifier judges again by them.",
      },
      ...stated.criteria.policies.flatMap<Block>(({ version, effective_at, preset, sha256, words }) => [
        { kind: "heading", level: 2, text: `Policy version ${version}` },
        {
          kind: "facts",
          rows: [
            { label: "In force since", value: instantWords(effective_at) },
            { label: "Made from", value: presetText(preset) },
            { label: "SHA-256", value: sha256, mono: true },
          ],
        },
        { kind: "list", items: words },
      ]),
      listTable(
        {
          caption: "Policies by which calls were judged",
          pointer: "/computed/criteria/policies",
          columns: [
            { title: "Version", share: 1 },
            { title: "SHA-256", share: 5, mono: true },
            { title: "Calls", share: 1.3, align: "right" },
          ],
          empty: "No call of this report was judged by a policy.",
        },
        computed.criteria.policies,
        ({ version, sha256, calls }) => [String(version), sha256, countText(calls)],
      ),
      listTable(
        {
          caption: "Catalogs by which calls were judged",
          pointer: "/computed/criteria/catalogs",
          columns: [
            { title: "Version", share: 1 },
            { title: "SHA-256", share: 5, mono: true },
            { title: "Calls", share: 1.3, align: "right" },
          ],
          empty: "No call.",
        },
        computed.criteria.catalogs,
        ({ version, sha256, calls }) => [String(version), sha256, countText(calls)],
      ),
      ...(stated.criteria.catalogs ?? []).flatMap(catalogBlocks),
      listTable(
        {
          caption: "What evidence says, by grade",
          pointer: "/stated/criteria/grades",
          columns: [
            { title: "Grade", share: 0.6 },
            { title: "It says", share: 4 },
            { title: "It does not say", share: 4 },
          ],
          empty: "No grades are stated.",
        },
        whole(stated.criteria.grades),
        ({ grade, says, does_not_say }) => [grade, says, does_not_say],
      ),
    ],
  };
}

/** Where a catalog says otherwise than the table that came with the program: what somebody here made of the criteria. */
function catalogBlocks(
  catalog: NonNullable<Report["stated"]["criteria"]["catalogs"]>[number],
  at: number,
): readonly Block[] {
  const { version, edition, published_by, approved_by, reason } = catalog;
  return [
    { kind: "heading", level: 2, text: `Catalog version ${version}` },
    {
      kind: "facts",
      rows: [
        { label: "Stands on", value: `edition ${edition} of the table that came with the program` },
        { label: "Published by", value: orNone(published_by) },
        { label: "Approved by", value: approved_by ?? "nobody else" },
        { label: "Reason", value: orNone(reason) },
      ],
    },
    ...covered(catalog.differences, (differences) => [
      listTable(
        {
          caption: `Where version ${version} differs from edition ${edition}`,
          pointer: `/stated/criteria/catalogs/${at}/differences`,
          columns: [{ title: "Difference", share: 1 }],
          empty: "Nowhere.",
        },
        differences,
        (sentence) => [sentence],
      ),
    ]),
  ];
}

export function assertionChapter({ stated }: Report): Chapter {
  return {
    number: "4",
    title: "Management's assertion",
    blocks: covered(stated.assertion, ({ text, by, role, on }) => [
      { kind: "paragraph", tone: "lead", text },
      {
        kind: "facts",
        rows: [
          { label: "Asserted by", value: `${by}, ${role}` },
          { label: "On", value: on },
        ],
      },
    ]),
  };
}

export function systemChapter(report: Report): Chapter {
  const { stated, computed } = report;
  return {
    number: "5",
    title: "The system",
    blocks: [
      ...stated.system.words.map<Block>((text) => ({ kind: "paragraph", text })),
      listTable(
        {
          caption: "Applications, as declared",
          pointer: "/stated/system/applications",
          columns: [
            { title: "Application", share: 3 },
            { title: "Environment", share: 1.6 },
            { title: "Data", share: 1.6 },
            { title: "Purpose", share: 4 },
            { title: "Answers for it", share: 2.4 },
          ],
          empty: "No application is declared.",
        },
        whole(stated.system.applications),
        ({ name, environment, data, purpose, owner }) => [
          name,
          environment,
          data,
          orNone(purpose),
          orNone(owner),
        ],
      ),
      listTable(
        {
          caption: "Peers that answered, by the key of their certificate",
          pointer: "/computed/system/peers",
          columns: [
            { title: "Host", share: 3, mono: true },
            { title: "SHA-256 of the key", share: 4.6, mono: true },
            { title: "Grade", share: 0.8 },
            { title: "Attempts", share: 1.2, align: "right" },
          ],
          empty: "No attempt of this report was seen on a socket.",
          note: "Grade C: dialled on our own socket. D and E: told by other software. The key is not seen where nothing was sent, or where other software told of the call.",
        },
        computed.system.peers,
        ({ host, peer_key_sha256, host_grade, attempts }) => [
          host,
          peer_key_sha256 ?? "not seen",
          host_grade,
          countText(attempts),
        ],
      ),
      ...pinBlocks(report),
      { kind: "heading", level: 2, text: "Retention" },
      ...covered(stated.system.retention, (items) => [{ kind: "list", items }]),
    ],
  };
}

function bullets(title: string, items: readonly string[]): Block[] {
  if (items.length === 0) return [];
  return [
    { kind: "heading", level: 2, text: title },
    { kind: "list", items },
  ];
}
