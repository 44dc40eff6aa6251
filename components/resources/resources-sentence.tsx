import type { ResourcePage } from "../../lib/contracts/resources.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";

/**
 * How much the provider keeps, what of it was born elsewhere, and of how much nobody recorded where it was made. That an
 * object is gone when its day has passed nobody told: it is counted apart.
 */
export function ResourcesSentence({
  page,
}: {
  page: Pick<ResourcePage, "counts" | "elsewhere" | "past"> | undefined;
}) {
  if (page === undefined) return null;
  const { counts, elsewhere, past } = page;
  const sum = (of: ResourcePage["counts"]) => of.reduce((total, { resources }) => total + resources, 0);
  const all = sum(counts);
  if (all === 0) return <>No recorded call has made or named a stored object that is still kept.</>;
  const unknown = sum(counts.filter(({ born }) => born === "unknown"));
  return (
    <>
      Recorded calls made or named {formatNoun(all, "object")} that {all === 1 ? "is" : "are"} not known to be
      deleted{pastWords(past, all)}{" "}
      {elsewhere === 0 ? null : (
        <>{formatCount(elsewhere)} came to be at a host outside the policy in force now. </>
      )}
      {unknown === 0 ? null : <>Where {formatCount(unknown)} came to be was not recorded.</>}
    </>
  );
}

function pastWords(past: number, all: number): string {
  if (past === 0) return ".";
  const many = past === all ? (all === 1 ? "and is" : "and are all") : `${formatCount(past)} of them`;
  return `, ${many} past the day until which the provider keeps such objects.`;
}
