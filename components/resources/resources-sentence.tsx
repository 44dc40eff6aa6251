import type { ResourcePage } from "../../lib/contracts/resources.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";

/** How much the provider keeps, what of it was born elsewhere, and of how much nobody recorded where it was made. */
export function ResourcesSentence({
  page,
}: {
  page: Pick<ResourcePage, "counts" | "elsewhere"> | undefined;
}) {
  if (page === undefined) return null;
  const { counts, elsewhere } = page;
  const sum = (of: ResourcePage["counts"]) => of.reduce((total, { resources }) => total + resources, 0);
  const kept = sum(counts);
  if (kept === 0) return <>No recorded call has made or named a stored object that is still kept.</>;
  const unknown = sum(counts.filter(({ born }) => born === "unknown"));
  return (
    <>
      The provider keeps {formatNoun(kept, "object")} that recorded calls made or named.{" "}
      {elsewhere === 0 ? null : (
        <>{formatCount(elsewhere)} came to be at a host outside the policy in force now. </>
      )}
      {unknown === 0 ? null : <>Where {formatCount(unknown)} came to be was not recorded.</>}
    </>
  );
}
