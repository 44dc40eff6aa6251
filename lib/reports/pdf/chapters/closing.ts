import { instantWords } from "../../../contracts/instant-words.ts";
import type { Report } from "../../../core/reports/report.ts";
import type { Block, Chapter } from "../block.ts";
import { countText, momentText } from "../words.ts";
import { covered, listTable, ofWhatIsHere, orNone, whole } from "./rows.ts";

export function changesChapter({ computed }: Report): Chapter {
  const { changes } = computed;
  return {
    number: "12",
    title: "Changes and access",
    breakBefore: true,
    blocks: [
      {
        kind: "paragraph",
        text: `${ofWhatIsHere(computed, accessWords(changes))} One entry may hold all looks of a person at one kind of evidence within a minute. A look is at a single call or finding; lists, charts and settings are not counted.`,
      },
      listTable(
        {
          caption: "Events by kind",
          pointer: "/computed/changes/by_kind",
          columns: [
            { title: "Kind", share: 5, mono: true },
            { title: "Events", share: 1.2, align: "right" },
          ],
          empty: "None in this range.",
        },
        whole(changes.by_kind),
        ({ kind, events }) => [kind, countText(events)],
      ),
      listTable(
        {
          caption: "What was changed",
          pointer: "/computed/changes/events",
          columns: [
            { title: "Entry", share: 1, align: "right" },
            { title: "When (UTC)", share: 2.2 },
            { title: "Kind", share: 2.6, mono: true },
            { title: "Subject", share: 3.4, mono: true },
            { title: "By", share: 2.6, mono: true },
          ],
          empty: "Nothing in this range.",
          note: "People stand by their id: the log commits to names and does not hold them.",
        },
        changes.events,
        ({ index, at, kind, subject, actor }) => [countText(index), momentText(at), kind, subject, actor],
      ),
    ],
  };
}

function accessWords({ looks, views, copies, exports }: Report["computed"]["changes"]): string {
  if (views === 0 && exports === 0) return "In the period nobody looked at evidence, and no copy of it left.";
  return `Evidence was looked at ${countText(looks)} times, as ${countText(views)} entries have it, and copies of it left ${countText(copies)} times, as ${countText(exports)} entries have it.`;
}

export function integrityChapter({ computed, stated }: Report): Chapter {
  const { integrity } = computed;
  return {
    number: "13",
    title: "Integrity",
    breakBefore: true,
    blocks: [
      ...stated.integrity.words.map<Block>((text) => ({ kind: "paragraph", text })),
      {
        kind: "facts",
        rows: [
          { label: "Calls that can be judged again", value: countText(integrity.judgeable) },
          { label: "Calls of which something was cut", value: countText(integrity.cut) },
          { label: "Full checks that found something", value: countText(integrity.failed_checks) },
        ],
      },
      ...covered(stated.record_findings, (findings) => [
        listTable(
          {
            caption: "Findings about the record, and about what it does not hold",
            pointer: "/stated/record_findings",
            columns: [
              { title: "Finding", share: 3 },
              { title: "Severity", share: 1.2 },
              { title: "State", share: 1.6 },
              { title: "Opened (UTC)", share: 2.2 },
              { title: "Entry", share: 1, align: "right" },
            ],
            empty: "None was open, or had been, when the range ended.",
            note: "Entry: what people did last about it.",
          },
          whole(findings),
          ({ title, severity, state, resolution, opened_at, entry }) => [
            title,
            severity,
            resolution === null ? state : `${state}: ${resolution.replace("_", " ")}`,
            momentText(opened_at),
            entry === null ? "–" : countText(entry),
          ],
        ),
      ]),
      listTable(
        {
          caption: "Who could do what to the record",
          pointer: "/stated/integrity/attackers",
          columns: [
            { title: "Who", share: 2 },
            { title: "Can", share: 4 },
            { title: "Cannot, unseen", share: 4 },
          ],
          empty: "Not stated.",
        },
        whole(stated.integrity.attackers),
        ({ who, can, cannot }) => [who, can, cannot],
      ),
      listTable(
        {
          caption: "Keys that speak for the log",
          pointer: "/stated/integrity/keys",
          columns: [
            { title: "Verifier key", share: 6, mono: true },
            { title: "Role", share: 1.4 },
            { title: "Status", share: 1.4 },
          ],
          empty: "No key is stated.",
        },
        whole(stated.integrity.keys),
        ({ vkey, role, status }) => [vkey, role, status],
      ),
      listTable(
        {
          caption: "What the signer said",
          pointer: "/computed/integrity/said",
          columns: [
            { title: "Entry", share: 1, align: "right" },
            { title: "When (UTC)", share: 2.2 },
            { title: "Kind", share: 1.8, mono: true },
            { title: "Words", share: 6 },
          ],
          empty: "Nothing in this range.",
        },
        integrity.said,
        ({ index, said_at, kind, sentence }) => [countText(index), momentText(said_at), kind, sentence],
      ),
      listTable(
        {
          caption: "Earlier packs of this tenant",
          pointer: "/stated/integrity/earlier_packs",
          columns: [
            { title: "Pack", share: 4, mono: true },
            { title: "Calls that began", share: 5 },
            { title: "Range ends at", share: 1.6, align: "right" },
          ],
          empty: "None.",
        },
        whole(stated.integrity.earlier_packs),
        ({ id, from, to, end }) => [id, `${instantWords(from)} – ${instantWords(to)}`, countText(end)],
      ),
    ],
  };
}

export function notShownChapter({ computed }: Report): Chapter {
  return {
    number: "14",
    title: "What this report does not show",
    breakBefore: true,
    blocks: [{ kind: "list", items: computed.not_shown }],
  };
}

export function signOffChapter({ stated }: Report): Chapter {
  const words = { preparer: "Prepared by", reviewer: "Reviewed by", approver: "Approved by" } as const;
  return {
    number: "15",
    title: "Sign-off",
    blocks: [
      {
        kind: "facts",
        rows: stated.sign_off.map(({ role, name, on }) => ({
          label: words[role],
          value: name === null ? "" : `${name}, ${orNone(on)}`,
        })),
      },
      {
        kind: "paragraph",
        tone: "muted",
        text: "Three people, each of whom is none of the others. Empty where nobody has signed: Domicile signs for nobody.",
      },
    ],
  };
}
