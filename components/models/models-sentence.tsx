import type { CatalogPage } from "../../lib/contracts/catalog.ts";
import type { ModelsPage } from "../../lib/contracts/models.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { countedListings, type ModelLine } from "./model-rows.ts";

export type ModelsSentenceProps = {
  lines: readonly ModelLine[];
  page: ModelsPage | undefined;
  published: CatalogPage;
};

/** How many names each of the three has, and when the provider was last asked. */
export function ModelsSentence({ lines, page, published }: ModelsSentenceProps) {
  const inCatalog = lines.filter(({ row }) => row !== null).length;
  const used = lines.filter(({ usedCalls }) => usedCalls > 0);
  const usedUnlisted = used.filter(({ row }) => row === null).length;
  const last = countedListings(page)
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return (
    <>
      {formatNoun(inCatalog, "model")} in catalog {published.version} · {formatNoun(used.length, "name")} used
      in 30 days{usedUnlisted > 0 ? `, ${usedUnlisted} of them in no row of the catalog` : ""} ·{" "}
      {last === undefined ? (
        "the provider's list was never read"
      ) : (
        <>
          provider's list last read <Time at={last} />
        </>
      )}
    </>
  );
}
