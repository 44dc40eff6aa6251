import type { ResourcePage } from "../../lib/contracts/resources.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";

/** How much the provider keeps, and of how much nobody recorded where it was made. */
export function ResourcesSentence({ counts }: { counts: ResourcePage["counts"] | undefined }) {
  if (counts === undefined) return null;
  const sum = (of: ResourcePage["counts"]) => of.reduce((total, { resources }) => total + resources, 0);
  const kept = sum(counts);
  if (kept === 0) return <>No recorded call has made or named a stored object that is still kept.</>;
  const global = sum(counts.filter(({ born }) => born === "global"));
  const unknown = sum(counts.filter(({ born }) => born === "unknown"));
  return (
    <>
      The provider keeps {formatNoun(kept, "object")} that recorded calls made or named.{" "}
      {global === 0 ? null : <>{formatCount(global)} came to be without a location promise. </>}
      {unknown === 0 ? null : <>Where {formatCount(unknown)} came to be was not recorded.</>}
    </>
  );
}
