import { Check, CircleQuestionMark, type LucideIcon, Minus, X } from "lucide-react";
import type { CellState, Confidence } from "../../lib/core/regions/catalog.ts";
import type { CellClaim } from "../../lib/core/regions/catalog-tables.ts";

type StateWords = {
  readonly word: string;
  readonly meaning: string;
  readonly icon: LucideIcon;
  readonly look: string;
};

/** Four states, told apart by icon, word and ground. */
export const cellWords: Readonly<Record<CellState, StateWords>> = {
  yes: {
    word: "Yes",
    meaning: "The provider lists it.",
    icon: Check,
    look: "bg-in-region-tint text-in-region-ink",
  },
  no: {
    word: "No",
    meaning: "The provider's table has the row, and not this place.",
    icon: X,
    look: "bg-outside-tint text-outside-ink",
  },
  unlisted: {
    word: "Unlisted",
    meaning: "Absent from the provider's closed table.",
    icon: Minus,
    look: "border border-line-strong border-dashed text-muted",
  },
  unknown: {
    word: "Unknown",
    meaning: "Nobody we can cite says.",
    icon: CircleQuestionMark,
    look: "bg-unverifiable-tint text-unverifiable-ink",
  },
};

export const claimWords: Readonly<Record<CellClaim, string>> = {
  processing: "Processing",
  storage: "Storage",
};

export const confidenceWords: Readonly<Record<Confidence, string>> = {
  high: "High: read in a primary source",
  medium: "Medium: indirect, or a dated copy",
  low: "Low: weak",
};
