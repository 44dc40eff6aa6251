import { Loading, Skeleton } from "../ui/skeleton.tsx";

/** Two groups of rows, as the inbox has them. */
export function FindingListSkeleton() {
  return (
    <>
      <Loading what="findings" />
      {[3, 5].map((rows) => (
        <div aria-hidden="true" className="overflow-hidden rounded-md border bg-surface" key={rows}>
          <div className="flex h-11 items-center border-b px-4">
            <Skeleton className="w-20" />
          </div>
          <div className="divide-y divide-line">
            {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row) => (
              <div className="flex h-15 items-center gap-3 px-4" key={row}>
                <Skeleton className="size-3.5" />
                <div className="flex flex-1 flex-col gap-1.5">
                  <Skeleton className="h-4 w-3/5" />
                  <Skeleton className="h-3 w-2/5" />
                </div>
                <Skeleton className="hidden w-20 md:block" />
                <Skeleton className="hidden w-24 md:block" />
              </div>
            ))}
          </div>
        </div>
      ))}
    </>
  );
}
