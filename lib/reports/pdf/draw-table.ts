import type { Column, TableBlock } from "./block.ts";
import { drawCaption, drawRemark } from "./draw-caption.ts";
import { ink, paper, textBottom, textWidth } from "./paper.ts";
import type { TextStyle, Typesetter } from "./typesetter.ts";

const gutter = 10;
const head: TextStyle = { face: "medium", size: 7.8, color: ink.muted };

/** A table over as many pages as it takes; its head is repeated on each. A row is never cut. */
export function drawTable(on: Typesetter, block: TableBlock): void {
  on.space(4);
  on.keep(74);
  if (block.rows.length === 0) {
    drawCaption(on, block.caption, block.pointer);
    drawRemark(on, block.empty);
    on.space(8);
    return;
  }
  const places = placesOf(block.columns);
  on.within("Table", () => {
    drawCaption(on, block.caption, block.pointer);
    drawHead(on, block.columns, places);
    for (const row of block.rows) {
      const height = heightOfRow(on, block.columns, places, row);
      if (on.y() + height > textBottom) {
        on.newPage();
        drawHead(on, block.columns, places);
      }
      const y = on.y();
      on.within("TR", () => {
        for (const [i, column] of block.columns.entries()) {
          const { x, width } = places[i] ?? { x: paper.left, width: textWidth };
          on.part("TD", () =>
            on.text(row[i] ?? "", x, y + 4 + (column.mono ? 0.6 : 0), width, cellStyle(column)),
          );
        }
      });
      on.moveTo(y + height);
      on.rule(on.y());
    }
  });
  on.space(4);
  if (block.note !== undefined) drawRemark(on, block.note);
  on.space(8);
}

type Place = { readonly x: number; readonly width: number };

function placesOf(columns: readonly Column[]): Place[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const room = textWidth - gutter * (columns.length - 1);
  let x: number = paper.left;
  return columns.map(({ share }) => {
    const place = { x, width: (room * share) / shares };
    x += place.width + gutter;
    return place;
  });
}

function drawHead(on: Typesetter, columns: readonly Column[], places: readonly Place[]): void {
  const height = Math.max(...columns.map(({ title }, i) => on.heightOf(title, places[i]?.width ?? 0, head)));
  const y = on.y();
  on.rule(y, ink.lineStrong);
  on.within("TR", () => {
    for (const [i, { title, align }] of columns.entries()) {
      const { x, width } = places[i] ?? { x: paper.left, width: textWidth };
      on.part("TH", () => on.text(title, x, y + 4, width, { ...head, ...(align && { align }) }), {
        scope: "Column",
      });
    }
  });
  on.moveTo(y + height + 8);
  on.rule(on.y(), ink.lineStrong);
}

function heightOfRow(
  on: Typesetter,
  columns: readonly Column[],
  places: readonly Place[],
  row: readonly string[],
): number {
  const heights = columns.map((column, i) =>
    on.heightOf(row[i] ?? "", places[i]?.width ?? 0, cellStyle(column)),
  );
  return Math.max(...heights) + 8;
}

function cellStyle({ align, mono }: Column): TextStyle {
  return {
    face: mono ? "mono" : "regular",
    size: mono ? 7.4 : 8.6,
    gap: 1,
    figures: align === "right",
    ...(align && { align }),
  };
}
