import { cn } from "./cn.ts";
import { formatNoun } from "./format-number.ts";
import { LoadMore, type PagedList } from "./load-more.tsx";

/** Under a list of which there is more: how much of it stands above, and the way to the next page. */
export function ListFoot({
  list,
  listed,
  noun,
  isFramed = false,
}: {
  list: PagedList;
  listed: number;
  /** One of what is listed. */
  noun: string;
  /** It is the last part of a frame, set off by a line. */
  isFramed?: boolean;
}) {
  if (!list.hasNextPage) return null;
  return (
    <div className={cn("flex items-center justify-between gap-4", isFramed && "border-t px-4 py-2")}>
      <p className="text-faint text-xs">{formatNoun(listed, noun)} listed</p>
      <LoadMore list={list} />
    </div>
  );
}
