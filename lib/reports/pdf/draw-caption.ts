import { ink, paper, textWidth } from "./paper.ts";
import type { Typesetter } from "./typesetter.ts";

/** What a figure or table shows, and at its right where the same figures stand in `report.json`. */
export function drawCaption(on: Typesetter, caption: string, pointer: string): void {
  const style = { face: "medium", size: 9 } as const;
  const pointed = { face: "mono", size: 6.8, color: ink.faint } as const;
  const pointerWidth = Math.min(on.widthOf(pointer, pointed) + 4, textWidth / 2);
  const width = textWidth - pointerWidth - 8;
  const height = on.heightOf(caption, width, style);
  const y = on.y();
  on.part("Caption", () => {
    on.text(caption, paper.left, y, width, style);
    on.text(pointer, paper.left + textWidth - pointerWidth, y + 2.2, pointerWidth, {
      ...pointed,
      align: "right",
    });
  });
  on.moveTo(y + height + 4);
}

export function drawRemark(on: Typesetter, text: string): void {
  const style = { size: 8, color: ink.muted, gap: 1.6 } as const;
  const height = on.heightOf(text, textWidth, style);
  on.keep(height);
  const y = on.y();
  on.part("P", () => on.text(text, paper.left, y, textWidth, style));
  on.moveTo(y + height + 4);
}
