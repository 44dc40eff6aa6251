import { Loading, Skeleton } from "../ui/skeleton.tsx";

const rows = Array.from({ length: 16 }, (_, row) => `row-${row}`);

/** Rows of 32 pixels with the columns of the list. */
export function CallListSkeleton() {
  return (
    <div>
      <Loading what="calls" />
      <div aria-hidden="true" className="divide-y divide-line">
        <div className="h-8" />
        {rows.map((row) => (
          <div className="flex h-8 items-center gap-6 px-4 max-md:h-12" key={row}>
            <Skeleton className="h-3.5 w-28" />
            <Skeleton className="h-5 w-28 max-md:ml-auto" />
            <Skeleton className="hidden h-3.5 w-28 lg:block" />
            <Skeleton className="hidden h-3.5 flex-1 md:block" />
            <Skeleton className="hidden h-3.5 w-36 xl:block" />
            <Skeleton className="hidden h-3.5 w-8 lg:block" />
          </div>
        ))}
      </div>
    </div>
  );
}
