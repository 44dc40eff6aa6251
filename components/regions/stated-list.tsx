import type { Source, Stated } from "../../lib/core/regions/catalog.ts";
import type { Definition } from "../ui/definition-list.tsx";
import { formatDay } from "../ui/format-day.ts";

/** What a statement rests on, as terms of a definition list. */
export function statedItems(stated: Stated, sources: readonly Source[]): Definition[] {
  const { confirmedBy } = stated;
  return [
    { term: "Source", value: <SourceLink sources={sources} stated={stated} /> },
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

/** Where it was read. */
export function SourceLink({ stated, sources }: { stated: Stated; sources: readonly Source[] }) {
  const source = sources.find(({ id }) => id === stated.sourceId);
  if (source === undefined) return stated.sourceId;
  if (source.url === null) return source.title;
  return (
    <a
      className="text-accent-ink underline-offset-4 hover:underline"
      href={source.url}
      rel="noreferrer"
      target="_blank"
    >
      {source.title}
    </a>
  );
}
