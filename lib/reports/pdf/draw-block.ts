import type { Block } from "./block.ts";
import { drawBands } from "./draw-bands.ts";
import { drawTable } from "./draw-table.ts";
import { ink, paper, textWidth } from "./paper.ts";
import type { Typesetter } from "./typesetter.ts";

/** Draws one block where the typesetter stands, on as many pages as it takes. */
export function drawBlock(on: Typesetter, block: Block): void {
  switch (block.kind) {
    case "heading":
      drawHeading(on, block);
      break;
    case "paragraph":
      drawParagraph(on, block);
      break;
    case "list":
      drawList(on, block.items);
      break;
    case "facts":
      drawFacts(on, block);
      break;
    case "notice":
      drawNotice(on, block);
      break;
    case "lines":
      drawLines(on, block.lines);
      break;
    case "bands":
      drawBands(on, block);
      break;
    case "table":
      drawTable(on, block);
      break;
  }
}

type Of<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;

function drawHeading(on: Typesetter, { level, text, number }: Of<"heading">): void {
  const style = { face: "semibold", size: level === 1 ? 20 : 12, gap: 1 } as const;
  const indent = number === undefined ? 0 : 34;
  // A heading never stands alone at the foot of a page.
  on.space(level === 1 ? 0 : 14);
  on.keep(level === 1 ? 160 : 84);
  const height = on.heightOf(text, textWidth - indent, style);
  const y = on.y();
  on.part(level === 1 ? "H1" : "H2", () => {
    if (number !== undefined)
      on.text(number, paper.left, y, indent, { ...style, color: ink.accent, face: "medium" });
    on.text(text, paper.left + indent, y, textWidth - indent, style);
  });
  on.moveTo(y + height + (level === 1 ? 12 : 5));
}

const tones = {
  lead: { size: 12, color: ink.text, gap: 3 },
  body: { size: 9.5, color: ink.text, gap: 2.4 },
  muted: { size: 8.5, color: ink.muted, gap: 2 },
} as const;

function drawParagraph(on: Typesetter, { text, tone = "body" }: Of<"paragraph">): void {
  const style = tones[tone];
  const height = on.heightOf(text, textWidth, style);
  on.keep(height);
  const y = on.y();
  on.part("P", () => on.text(text, paper.left, y, textWidth, style));
  on.moveTo(y + height + 7);
}

function drawList(on: Typesetter, items: readonly string[]): void {
  const style = tones.body;
  const indent = 14;
  on.within("L", () => {
    for (const item of items) {
      const height = on.heightOf(item, textWidth - indent, style);
      on.keep(height);
      const y = on.y();
      on.artifact(() => on.doc.circle(paper.left + 4, y + 5.4, 1.3).fill(ink.faint));
      on.part("LI", () => on.text(item, paper.left + indent, y, textWidth - indent, style));
      on.moveTo(y + height + 4);
    }
  });
  on.space(4);
}

const labelWidth = 138;

function drawFacts(on: Typesetter, { rows }: Of<"facts">): void {
  const label = { size: 9, color: ink.muted } as const;
  const valueX = paper.left + labelWidth;
  const width = textWidth - labelWidth;
  on.within("Table", () => {
    for (const { label: name, value, mono } of rows) {
      const style = { size: mono ? 8.2 : 9.5, face: mono ? "mono" : "regular", gap: 1.6 } as const;
      const height = Math.max(on.heightOf(name, labelWidth - 10, label), on.heightOf(value, width, style));
      on.keep(height + 9);
      const y = on.y();
      on.rule(y);
      on.within("TR", () => {
        on.part("TH", () => on.text(name, paper.left, y + 4.5, labelWidth - 10, label), { scope: "Row" });
        on.part("TD", () => on.text(value, valueX, y + (mono ? 5 : 4.5), width, style));
      });
      on.moveTo(y + height + 9);
    }
  });
  on.rule(on.y());
  on.space(12);
}

function drawNotice(on: Typesetter, { tone, title, text }: Of<"notice">): void {
  const inset = 14;
  const width = textWidth - 2 * inset;
  const heading = { face: "semibold", size: 10, color: tone === "warn" ? ink.warn : ink.text } as const;
  const body = tones.body;
  const titleHeight = on.heightOf(title, width, heading);
  const height = titleHeight + 4 + on.heightOf(text, width, body) + 2 * 11;
  on.keep(height);
  const y = on.y();
  on.artifact(() => {
    on.doc.rect(paper.left, y, textWidth, height).fill(tone === "warn" ? ink.warnTint : ink.tint);
    on.doc.rect(paper.left, y, 2.5, height).fill(tone === "warn" ? ink.warn : ink.lineStrong);
  });
  on.within("Note", () => {
    on.part("P", () => on.text(title, paper.left + inset, y + 11, width, heading));
    on.part("P", () => on.text(text, paper.left + inset, y + 11 + titleHeight + 4, width, body));
  });
  on.moveTo(y + height + 12);
}

/** Text to be typed, as it is. */
function drawLines(on: Typesetter, lines: readonly string[]): void {
  const style = { face: "mono", size: 8, gap: 2 } as const;
  const inset = 12;
  const heights = lines.map((line) => on.heightOf(line, textWidth - 2 * inset, style));
  const height = heights.reduce((sum, each) => sum + each, 0) + 2 * 9;
  on.keep(height);
  const y = on.y();
  on.artifact(() => on.doc.rect(paper.left, y, textWidth, height).fill(ink.tint));
  on.part("Code", () => {
    let at = y + 9;
    for (const [i, line] of lines.entries()) {
      on.text(line, paper.left + inset, at, textWidth - 2 * inset, style);
      at += heights[i] ?? 0;
    }
  });
  on.moveTo(y + height + 12);
}
