import { drawBlock } from "./draw-block.ts";
import { ink, paper, textWidth } from "./paper.ts";
import type { Cover } from "./printed-document.ts";
import type { Typesetter } from "./typesetter.ts";

export function drawCover(on: Typesetter, { title, subtitle, statement, facts, blocks }: Cover): void {
  on.artifact(() => drawMark(on, paper.left, paper.top - 22));
  on.part("P", () =>
    on.text("Domicile", paper.left + 30, paper.top - 19, 200, { face: "semibold", size: 13 }),
  );
  on.moveTo(paper.top + 58);
  const heading = { face: "semibold", size: 28, gap: 2 } as const;
  const below = { size: 14, color: ink.muted, gap: 2 } as const;
  const y = on.y();
  const height = on.heightOf(title, textWidth, heading);
  on.part("H1", () => on.text(title, paper.left, y, textWidth, heading));
  on.part("P", () => on.text(subtitle, paper.left, y + height + 6, textWidth, below));
  on.moveTo(y + height + 6 + on.heightOf(subtitle, textWidth, below) + 30);
  drawBlock(on, { kind: "facts", rows: facts });
  for (const block of blocks) drawBlock(on, block);
  drawBlock(on, { kind: "notice", tone: "plain", title: "What this is", text: statement });
}

/** The product's mark, as on its pages: a house front as a ledger page. */
function drawMark({ doc }: Typesetter, x: number, y: number): void {
  doc.save().translate(x, y).scale(0.95);
  doc.lineWidth(1.6).lineJoin("round").strokeColor(ink.text);
  doc.path("M4 10.2 L12 4 L20 10.2 V20 H4 Z").stroke();
  doc.lineCap("round").strokeColor(ink.accent);
  doc.path("M8 12.5 h8 M8 16 h5").stroke();
  doc.restore();
}
