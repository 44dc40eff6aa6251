/** What a page of a report is made of. Says what stands there, not where: pages are broken when it is drawn. */
export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string; readonly number?: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly tone?: "lead" | "body" | "muted" }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "facts"; readonly rows: readonly Fact[] }
  | {
      readonly kind: "notice";
      readonly tone: "plain" | "warn";
      readonly title: string;
      readonly text: string;
    }
  | { readonly kind: "lines"; readonly lines: readonly string[] }
  | BandsBlock
  | TableBlock;

/** A name and what it stands for. `mono` for hosts, ids and hashes. */
export type Fact = { readonly label: string; readonly value: string; readonly mono?: boolean };

/** A share of the whole by band, drawn as one bar whose parts are told apart in black and white, too. */
export type BandsBlock = {
  readonly kind: "bands";
  readonly caption: string;
  readonly pointer: string;
  readonly parts: readonly { readonly band: BandMark; readonly word: string; readonly count: number }[];
};

export type BandMark = "in_region" | "permitted" | "unverifiable" | "outside" | "stopped" | "none";

export type TableBlock = {
  readonly kind: "table";
  readonly caption: string;
  /** Where the same figures stand in `report.json` (RFC 6901). */
  readonly pointer: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Said instead of an empty table. */
  readonly empty: string;
  /** Below it: what a figure means, or how many rows stand elsewhere. */
  readonly note?: string;
};

export type Column = {
  readonly title: string;
  /** Part of the width, relative to the other columns'. */
  readonly share: number;
  readonly align?: "left" | "right";
  readonly mono?: boolean;
};

/** One numbered chapter; begins on a page of its own where `breakBefore`. */
export type Chapter = {
  readonly number: string;
  readonly title: string;
  readonly breakBefore?: boolean;
  readonly blocks: readonly Block[];
};
