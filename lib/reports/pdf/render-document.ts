import type { Chapter } from "./block.ts";
import { drawBlock } from "./draw-block.ts";
import { drawCover } from "./draw-cover.ts";
import { drawFrames } from "./draw-frames.ts";
import { ink, paper, textWidth } from "./paper.ts";
import type { PrintedDocument } from "./printed-document.ts";
import { createTypesetter, type Typesetter } from "./typesetter.ts";

/**
 * Draws the document twice: the first time to learn on which page each chapter begins. Same input, same bytes.
 */
export async function renderDocument(given: PrintedDocument): Promise<Uint8Array> {
  const first = draw(
    given,
    given.chapters.map(() => 0),
  );
  const { on, begins } = draw(given, first.begins);
  for (const { name, description, type, bytes } of given.attachments)
    on.doc.file(Buffer.from(bytes), {
      name,
      description,
      type,
      creationDate: given.info.at,
      modifiedDate: given.info.at,
      relationship: "Data",
    } as PDFKit.Mixins.PDFAttachmentOptions);
  for (const [i, { number, title }] of given.chapters.entries()) {
    on.doc.switchToPage((begins[i] ?? 1) - 1);
    on.doc.outline.addItem(`${number}  ${title}`);
  }
  drawFrames(on, given);
  return bytesOf(on);
}

function draw(given: PrintedDocument, pages: readonly number[]): { on: Typesetter; begins: number[] } {
  const on = createTypesetter(given.info);
  drawCover(on, given.cover);
  on.newPage();
  drawContents(on, given.chapters, pages);
  const begins: number[] = [];
  for (const chapter of given.chapters) {
    if (begins.length === 0 || chapter.breakBefore) on.newPage();
    else {
      on.space(18);
      on.keep(190);
    }
    begins.push(on.pages());
    on.doc.addNamedDestination(anchorOf(chapter), "XYZ", 0, on.y() - 12, null as unknown as number);
    drawBlock(on, { kind: "heading", level: 1, text: chapter.title, number: chapter.number });
    for (const block of chapter.blocks) drawBlock(on, block);
  }
  return { on, begins };
}

const anchorOf = ({ number }: Chapter): string => `chapter-${number}`;

function drawContents(on: Typesetter, chapters: readonly Chapter[], pages: readonly number[]): void {
  drawBlock(on, { kind: "heading", level: 1, text: "Contents" });
  const style = { size: 10.5 } as const;
  for (const [i, chapter] of chapters.entries()) {
    const y = on.y();
    on.part("P", () => {
      on.text(chapter.number, paper.left, y + 5, 30, { ...style, color: ink.accent, face: "medium" });
      on.text(chapter.title, paper.left + 34, y + 5, textWidth - 84, style);
      on.text(String(pages[i] || ""), paper.left + textWidth - 40, y + 5, 40, {
        ...style,
        align: "right",
        figures: true,
      });
    });
    on.doc.goTo(paper.left, y, textWidth, 22, anchorOf(chapter));
    on.rule(y + 23);
    on.moveTo(y + 24);
  }
}

function bytesOf({ doc }: Typesetter): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("error", reject);
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.end();
  });
}
