import { Loading, Skeleton } from "../ui/skeleton.tsx";

/** The page's shape: figures, full check, checkpoints at the left; trust root and statements at the right. */
export function LogSkeleton() {
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <Loading what="the ledger" />
      <div className="flex min-w-0 flex-col gap-5">
        {["h-80", "h-40", "h-80"].map((height, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a skeleton have no identity.
          <div className={`${height} rounded-md border bg-surface p-4`} key={index}>
            <Skeleton className="h-4 w-40" />
            <Skeleton className="mt-6 h-1/2 w-full" />
          </div>
        ))}
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        {["h-64", "h-48"].map((height) => (
          <div className={`${height} rounded-md border bg-surface p-4`} key={height}>
            <Skeleton className="h-4 w-32" />
            <Skeleton className="mt-6 h-1/2 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
