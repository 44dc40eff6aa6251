import {
  CircleCheck,
  CircleQuestionMark,
  Globe,
  type LucideIcon,
  OctagonX,
  TriangleAlert,
} from "lucide-react";
import type { Band } from "../../lib/core/verdicts/verdict.ts";
import { bandWords } from "../../lib/core/verdicts/verdict-words.ts";

export type BandMeaning = {
  readonly word: string;
  /** What the band counts, for a person who reads it the first time. */
  readonly sentence: string;
  readonly icon: LucideIcon;
  /** Fill with its pattern (solid, dots, hatch, lines), for swatches and bars. */
  readonly fill: string;
  /** Colour of words and icons. */
  readonly ink: string;
  /** CSS variable of the fill, for SVG. */
  readonly variable: string;
};

export const bandMeaning: Readonly<Record<Band, BandMeaning>> = {
  in_region: {
    word: bandWords.in_region,
    sentence: "Within policy, to an endpoint that the provider documents for the region.",
    icon: CircleCheck,
    fill: "band-in-region",
    ink: "text-in-region-ink",
    variable: "var(--in-region)",
  },
  permitted: {
    word: bandWords.permitted,
    sentence: "Within policy, but the provider promises no location for it.",
    icon: Globe,
    fill: "band-permitted",
    ink: "text-permitted-ink",
    variable: "var(--permitted)",
  },
  unverifiable: {
    word: bandWords.unverifiable,
    sentence: "The evidence does not suffice to say whether it was within policy.",
    icon: CircleQuestionMark,
    fill: "band-unverifiable",
    ink: "text-unverifiable-ink",
    variable: "var(--unverifiable)",
  },
  outside: {
    word: bandWords.outside,
    sentence: "Sent to a place that the policy in force did not allow.",
    icon: TriangleAlert,
    fill: "band-outside",
    ink: "text-outside-ink",
    variable: "var(--outside)",
  },
  stopped: {
    word: bandWords.stopped,
    sentence: "Refused before one byte of the body left.",
    icon: OctagonX,
    fill: "band-stopped",
    ink: "text-stopped-ink",
    variable: "var(--stopped)",
  },
};
