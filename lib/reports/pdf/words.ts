import { clockWords, dayWords } from "../../contracts/instant-words.ts";
import { presets } from "../../core/policies/presets.ts";
import { countWords, shareWords } from "../../core/words/number-words.ts";

/** The font has no narrower space that does not break. */
const space = "\u00a0";

export const countText = (count: number | string): string => countWords(count, space);

export const shareText = (part: number, total: number): string => shareWords(part, total, space) ?? "–";

/** What a policy was made from, by the name that people choose it by; a later program may know more. */
export const presetText = (id: string): string => presets.find((each) => each.id === id)?.title ?? id;

/** `22 Nov 2026 14:05`, in a column whose head says UTC. */
export const momentText = (at: string): string =>
  `${dayWords(at)} ${clockWords(new Date(at), "minute")}`.replaceAll(" ", space);
