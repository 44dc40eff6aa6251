import { Loading, Skeleton } from "../ui/skeleton.tsx";

/** The page's shape: five cells, the chart, the table, two lists. */
export function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Loading what="the overview" />
      <div className="h-41 rounded-md border bg-surface p-4">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="mt-6 h-2.5 w-full" />
        <div className="mt-5 grid grid-cols-5 gap-8">
          {["a", "b", "c", "d", "e"].map((key) => (
            <Skeleton className="h-10" key={key} />
          ))}
        </div>
      </div>
      <div className="h-86 rounded-md border bg-surface p-4">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="mt-6 h-64 w-full" />
      </div>
      <div className="h-64 rounded-md border bg-surface p-4">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="mt-6 h-44 w-full" />
      </div>
    </div>
  );
}
