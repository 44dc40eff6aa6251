import type { BandsBlock } from "./block.ts";
import { drawCaption } from "./draw-caption.ts";
import { ink, paper, textWidth } from "./paper.ts";
import { fillBand, type Typesetter } from "./typesetter.ts";
import { countText, shareText } from "./words.ts";

const barHeight = 20;
const swatch = 9;

/** One bar for the whole, and beneath it each part by name, number and share. Parts of nothing are named, too. */
export function drawBands(on: Typesetter, { caption, pointer, parts }: BandsBlock): void {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  on.space(4);
  on.keep(70 + parts.length * 17);
  drawCaption(on, caption, pointer);
  const y = on.y() + 2;
  const spoken = parts.map(({ word, count }) => `${word}: ${countText(count)} (${shareText(count, total)})`);
  on.part("Figure", () => drawBar(on, parts, total, y), {
    alt: `${caption}. ${spoken.join(". ")}.`,
    bbox: [paper.left, y, paper.left + textWidth, y + barHeight],
    placement: "Block",
  });
  on.moveTo(y + barHeight + 9);
  on.within("Table", () => {
    for (const { band, word, count } of parts) {
      const row = on.y();
      on.artifact(() => fillBand(on.doc, band, paper.left, row + 2, swatch, swatch));
      on.within("TR", () => {
        on.part("TH", () => on.text(word, paper.left + 18, row + 1, 230, { size: 9.2 }), { scope: "Row" });
        on.part("TD", () =>
          on.text(countText(count), paper.left + 250, row + 1, 90, {
            size: 9.2,
            align: "right",
            figures: true,
          }),
        );
        on.part("TD", () =>
          on.text(shareText(count, total), paper.left + 350, row + 1, 60, {
            size: 9.2,
            align: "right",
            figures: true,
            color: ink.muted,
          }),
        );
      });
      on.moveTo(row + 16);
    }
  });
  on.space(8);
}

/** A part of anything is at least as wide as can be seen. */
function drawBar(on: Typesetter, parts: BandsBlock["parts"], total: number, y: number): void {
  if (total === 0) {
    on.doc.rect(paper.left, y, textWidth, barHeight).lineWidth(0.6).strokeColor(ink.lineStrong).stroke();
    return;
  }
  const shown = parts.filter(({ count }) => count > 0);
  const seen = 2.5;
  const room = textWidth - seen * shown.length;
  let x: number = paper.left;
  for (const { band, count } of shown) {
    const width = seen + (room * count) / total;
    fillBand(on.doc, band, x, y, Math.max(width - 0.8, 0.8), barHeight);
    x += width;
  }
}
