import { Loading, Skeleton } from "./skeleton.tsx";

/** Where a chart or a table will stand. */
export function CardSkeleton({ what }: { what: string }) {
  return (
    <div className="flex h-80 flex-col gap-4 rounded-md border bg-surface p-4">
      <Loading what={what} />
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-56 w-full" />
    </div>
  );
}
