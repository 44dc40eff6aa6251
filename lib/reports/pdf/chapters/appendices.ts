import type { Report } from "../../../core/reports/report.ts";
import type { Chapter } from "../block.ts";
import { countText } from "../words.ts";
import { covered, listTable, whole } from "./rows.ts";

export function appendicesChapter({ stated }: Report): Chapter {
  const { glossary, entry_types, by_hand, earlier_checkpoint, not_covered } = stated.appendices;
  return {
    number: "16",
    title: "Appendices",
    breakBefore: true,
    blocks: [
      { kind: "heading", level: 2, text: "Glossary" },
      { kind: "facts", rows: glossary.map(({ term, meaning }) => ({ label: term, value: meaning })) },
      listTable(
        {
          caption: "What an entry says",
          pointer: "/stated/appendices/entry_types",
          columns: [
            { title: "Type", share: 2, mono: true },
            { title: "It says", share: 7 },
          ],
          empty: "Not stated.",
        },
        whole(entry_types),
        ({ type, says }) => [type, says],
      ),
      { kind: "heading", level: 2, text: "One entry by hand" },
      ...covered(by_hand, ({ index, file, line, leaf_sha256, leaves, leaf_offset }) => [
        {
          kind: "paragraph",
          text: `Entry ${countText(index)} of the sample is line ${countText(line)} of ${file}. A zero byte and its bytes without the line end have the SHA-256 below, which stands at byte ${countText(leaf_offset)} of ${leaves}.`,
        },
        { kind: "facts", rows: [{ label: "Leaf hash", value: leaf_sha256, mono: true }] },
        {
          kind: "lines",
          lines: [
            `sed -n ${line}p ${file} | tr -d '\\n' >entry`,
            "{ printf '\\0'; cat entry; } | sha256sum",
            `tail -c +${leaf_offset + 1} ${leaves} | head -c 32 | xxd -p -c 32`,
          ],
        },
      ]),
      { kind: "heading", level: 2, text: "The checkpoint before" },
      ...covered(earlier_checkpoint, (text) => [{ kind: "paragraph", text }]),
      listTable(
        {
          caption: "What such a report often has, and this one does not",
          pointer: "/stated/appendices/not_covered",
          columns: [
            { title: "What", share: 3 },
            { title: "Why", share: 7 },
          ],
          empty: "Nothing.",
        },
        whole(not_covered),
        ({ what, why }) => [what, why],
      ),
    ],
  };
}
