import { countWords, shareWords } from "../../core/words/number-words.ts";

/** The font has no narrower space that does not break. */
const space = "\u00a0";

export const countText = (count: number | string): string => countWords(count, space);

export const shareText = (part: number, total: number): string => shareWords(part, total, space) ?? "–";
