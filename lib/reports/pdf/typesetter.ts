import {
  bandColors,
  type Face,
  ink,
  openPaper,
  type Paper,
  type PaperInfo,
  paper,
  textBottom,
  textWidth,
} from "./paper.ts";

export type TextStyle = {
  readonly face?: Face;
  readonly size?: number;
  readonly color?: string;
  readonly align?: "left" | "right";
  /** Added to the height of a line. */
  readonly gap?: number;
  /** Figures of one width, so that they stand above each other. */
  readonly figures?: boolean;
};

type Element = PDFKit.PDFStructureElement;

/** What pdfkit takes and its types do not know yet: the scope of a head cell, the box of a figure. */
export type PartOptions = PDFKit.Mixins.StructureElementOptions & {
  readonly scope?: "Row" | "Column";
  readonly bbox?: [number, number, number, number];
  readonly placement?: "Block";
};

/** Roles of PDF 1.7, 14.8.4. */
export type Role =
  | "P"
  | "H1"
  | "H2"
  | "L"
  | "LI"
  | "Table"
  | "TR"
  | "TH"
  | "TD"
  | "Caption"
  | "Figure"
  | "Code"
  | "Note"
  | "Div";

/**
 * Places text and lines on pages, top to bottom, and says what each is in the document's structure. `y` is where the next block
 * begins. What is not read out (rules, page numbers) is marked as an artifact.
 */
export type Typesetter = {
  readonly doc: Paper;
  y(): number;
  moveTo(y: number): void;
  space(points: number): void;
  newPage(): void;
  /** Begins a page where less than that is left of this one. */
  keep(points: number): void;
  heightOf(text: string, width: number, style?: TextStyle): number;
  widthOf(text: string, style?: TextStyle): number;
  /** Draws text in a box; moves nothing. */
  text(text: string, x: number, y: number, width: number, style?: TextStyle): void;
  /** A part of the structure; `draw` makes its content, `inside` its parts. */
  part(role: Role, draw: () => void, options?: PartOptions): void;
  within(role: Role, inside: () => void, options?: PartOptions): void;
  artifact(draw: () => void): void;
  rule(y: number, color?: string, x?: number, width?: number): void;
  pages(): number;
};

export function createTypesetter(info: PaperInfo): Typesetter {
  const doc = openPaper(info);
  const root = doc.struct("Document") as Element;
  doc.addStructure(root);
  const open: Element[] = [root];
  let at: number = paper.top;

  const apply = ({ face = "regular", size = 9.5, color = ink.text }: TextStyle): void => {
    doc.font(face).fontSize(size).fillColor(color);
  };
  const optionsOf = ({ align = "left", gap = 0, figures = false }: TextStyle, width: number) => ({
    width,
    align,
    lineGap: gap,
    ...(figures ? { features: ["tnum", "kern"] as PDFKit.Mixins.OpenTypeFeatures[] } : {}),
  });
  const top = (): Element => open.at(-1) ?? root;

  const setter: Typesetter = {
    doc,
    y: () => at,
    moveTo: (y) => {
      at = y;
    },
    space: (points) => {
      at += points;
    },
    newPage() {
      doc.addPage();
      at = paper.top;
    },
    keep(points) {
      if (at + points > textBottom) setter.newPage();
    },
    heightOf(text, width, style = {}) {
      apply(style);
      return doc.heightOfString(text, optionsOf(style, width));
    },
    widthOf(text, style = {}) {
      apply(style);
      return doc.widthOfString(text, optionsOf(style, textWidth));
    },
    text(text, x, y, width, style = {}) {
      apply(style);
      doc.text(text, x, y, optionsOf(style, width));
    },
    part(role, draw, options = {}) {
      top().add(doc.struct(role, options, draw));
    },
    within(role, inside, options = {}) {
      const element = doc.struct(role, options) as Element;
      top().add(element);
      open.push(element);
      inside();
      open.pop();
      element.end();
    },
    artifact(draw) {
      doc.markContent("Artifact", { type: "Layout" });
      draw();
      doc.endMarkedContent();
    },
    rule(y, color = ink.line, x = paper.left, width = textWidth) {
      setter.artifact(() => {
        doc
          .lineWidth(0.6)
          .strokeColor(color)
          .moveTo(x, y)
          .lineTo(x + width, y)
          .stroke();
      });
    },
    pages: () => doc.bufferedPageRange().count,
  };
  setter.newPage();
  return setter;
}

/** Fills a box so that it is told from its neighbours without colour: solid, dotted, hatched or crossed. */
export function fillBand(
  doc: Paper,
  band: keyof typeof bandColors,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const color = bandColors[band];
  doc.save().rect(x, y, width, height).clip();
  doc
    .rect(x, y, width, height)
    .fillOpacity(band === "in_region" || band === "outside" ? 1 : 0.28)
    .fill(color);
  doc.fillOpacity(1).lineWidth(0.7).strokeColor(color);
  if (band === "unverifiable")
    for (let at = x - height; at < x + width; at += 4)
      doc
        .moveTo(at, y + height)
        .lineTo(at + height, y)
        .stroke();
  if (band === "stopped")
    for (let at = x + 2; at < x + width; at += 4)
      doc
        .moveTo(at, y)
        .lineTo(at, y + height)
        .stroke();
  if (band === "permitted")
    for (let row = y + 2.5; row < y + height; row += 5)
      for (let at = x + 2.5; at < x + width; at += 5) doc.circle(at, row, 0.7).fill(color);
  doc.restore();
}
