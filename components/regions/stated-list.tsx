import type { Source, Stated } from "../../lib/core/regions/catalog.ts";
import type { Definition } from "../ui/definition-list.tsx";
import { formatDay } from "../ui/format-day.ts";

/** What a statement rests on, as terms of a definition list. */
export function statedItems(stated: Stated, sources: readonly Source[]): Definition[] {
  const source = sources.find(({ id }) => id === stated.sourceId);
  const { confirmedBy } = stated;
  return [
    {
      term: "Source",
      value:
        source === undefined ? (
          stated.sourceId
        ) : source.url === null ? (
          source.title
        ) : (
          <a
            className="text-accent-ink underline-offset-4 hover:underline"
            href={source.url}
            rel="noreferrer"
            target="_blank"
          >
            {source.title}
          </a>
        ),
    },
    { term: "As of", value: formatDay(stated.asOf) },
    { term: "Confidence", value: <span className="capitalize">{stated.confidence}</span> },
    {
      term: "Confirmed",
      value:
        confirmedBy === null
          ? "By nobody yet"
          : `By ${confirmedBy.name} on ${formatDay(confirmedBy.on)}; due again after 30 days`,
    },
  ];
}
