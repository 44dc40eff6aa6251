import { ink, paper, textWidth } from "./paper.ts";
import type { PrintedDocument } from "./printed-document.ts";
import type { Typesetter } from "./typesetter.ts";

const small = 7.6;

/** What stands on each page beside its content: who and what at the foot, the page of how many, and the watermark. */
export function drawFrames(on: Typesetter, { footer, watermark, info }: PrintedDocument): void {
  const { doc } = on;
  const pages = on.pages();
  for (let page = 0; page < pages; page++) {
    doc.switchToPage(page);
    // Text below the bottom margin would begin a page of its own.
    const { bottom } = doc.page.margins;
    doc.page.margins.bottom = 0;
    doc.markContent("Artifact", { type: "Pagination" });
    const y = paper.height - 46;
    doc
      .lineWidth(0.6)
      .strokeColor(ink.line)
      .moveTo(paper.left, y - 9)
      .lineTo(paper.left + textWidth, y - 9)
      .stroke();
    doc.font("regular").fontSize(small).fillColor(ink.faint);
    doc.text(footer, paper.left, y, { width: textWidth - 70, lineBreak: false });
    doc.text(`${page + 1} / ${pages}`, paper.left + textWidth - 60, y, { width: 60, align: "right" });
    if (page > 0) doc.text(info.title, paper.left, 40, { width: textWidth, lineBreak: false });
    if (watermark !== null) drawWatermark(doc, watermark);
    doc.endMarkedContent();
    doc.page.margins.bottom = bottom;
  }
}

function drawWatermark(doc: PDFKit.PDFDocument, text: string): void {
  doc.save();
  doc.rotate(-52, { origin: [paper.width / 2, paper.height / 2] });
  doc.font("semibold").fontSize(92).fillColor(ink.warn).fillOpacity(0.07);
  doc.text(text, 0, paper.height / 2 - 60, { width: paper.width, align: "center", lineBreak: false });
  doc.restore();
  doc.fillOpacity(1);
}
