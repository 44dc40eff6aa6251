import { createRequire } from "node:module";
import path from "node:path";
import PDFDocument from "pdfkit";
import type { BandMark } from "./block.ts";

/** Points of 1/72 inch, on A4. */
export const paper = {
  width: 595.28,
  height: 841.89,
  left: 62,
  right: 62,
  top: 76,
  bottom: 74,
} as const;
export const textWidth = paper.width - paper.left - paper.right;
export const textBottom = paper.height - paper.bottom;

/** The light theme's tokens: paper is white here, whatever the screen shows. */
export const ink = {
  text: "#1d1b17",
  muted: "#57524a",
  faint: "#6e685c",
  line: "#e6e2d8",
  lineStrong: "#cdc7b9",
  accent: "#4338ca",
  tint: "#f5f3ed",
  warn: "#ad2c0f",
  warnTint: "#fdeae4",
} as const;

export const bandColors: Readonly<Record<BandMark, string>> = {
  in_region: "#14786c",
  permitted: "#7089a8",
  unverifiable: "#c98a0c",
  outside: "#d63d1a",
  stopped: "#8a4580",
  none: "#cdc7b9",
};

export type Face = "regular" | "medium" | "semibold" | "mono";

const faces: Readonly<Record<Face, string>> = {
  regular: "geist-sans/Geist-Regular.ttf",
  medium: "geist-sans/Geist-Medium.ttf",
  semibold: "geist-sans/Geist-SemiBold.ttf",
  mono: "geist-mono/GeistMono-Regular.ttf",
};

export type Paper = PDFKit.PDFDocument;

export type PaperInfo = {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** Stands for every date in the file: the same report gives the same bytes. */
  readonly at: Date;
};

/**
 * A tagged document with its fonts embedded. Nothing in it is compressed: what a compressor makes differs between versions
 * of Node, and the bytes of a report must not.
 */
export function openPaper({ title, author, subject, at }: PaperInfo): Paper {
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: paper.top, bottom: paper.bottom, left: paper.left, right: paper.right },
    bufferPages: true,
    autoFirstPage: false,
    compress: false,
    pdfVersion: "1.7",
    tagged: true,
    lang: "en-GB",
    displayTitle: true,
    info: {
      Title: title,
      Author: author,
      Subject: subject,
      Creator: "Domicile",
      Producer: "Domicile",
      CreationDate: at,
      ModDate: at,
    },
  });
  const fonts = path.join(path.dirname(createRequire(import.meta.url).resolve("geist/font/sans")), "fonts");
  for (const [name, file] of Object.entries(faces)) doc.registerFont(name, path.join(fonts, file));
  return doc;
}
