import type { Block, Chapter, Fact } from "./block.ts";
import type { PaperInfo } from "./paper.ts";

export type Cover = {
  readonly title: string;
  readonly subtitle: string;
  /** What it is and what it is not, in one sentence each. */
  readonly statement: string;
  readonly facts: readonly Fact[];
  readonly blocks: readonly Block[];
};

export type PdfAttachment = {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly bytes: Uint8Array;
};

export type PrintedDocument = {
  readonly info: PaperInfo;
  readonly cover: Cover;
  readonly chapters: readonly Chapter[];
  /** At the foot of each page. */
  readonly footer: string;
  /** Across each page; null: none. */
  readonly watermark: string | null;
  readonly attachments: readonly PdfAttachment[];
};
