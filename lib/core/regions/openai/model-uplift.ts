import type { Cell } from "../catalog.ts";
import { cell } from "./cells.ts";

/** The guide's words: models released on or after this day cost more on regional hosts. */
const upliftFrom = "2026-03-05";

/**
 * Whether regional hosts cost more for a model. Stated on the model's own page, or read off the date in its
 * name; an undated name says nothing.
 */
export function upliftOf(id: string): Cell {
  if (pages.includes(id))
    return cell("yes", { sourceId: "model-pages", asOf: "2026-11-22", confidence: "high" });
  const date = /-(\d{4}-\d{2}-\d{2})$/.exec(id)?.[1];
  const basis = { sourceId: "residency-page", asOf: "2026-11-22" } as const;
  if (date === undefined)
    return cell("unknown", {
      ...basis,
      note: "The name carries no date, and no page stating its price was read.",
    });
  return cell(date >= upliftFrom ? "yes" : "no", {
    ...basis,
    note: `Read off the snapshot's date; the uplift is stated for models released from ${upliftFrom} on.`,
  });
}

const pages = ["gpt-5.4-2026-03-05", "gpt-5.4-pro-2026-03-05"];
