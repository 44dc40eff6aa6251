import { Loading, Skeleton } from "../ui/skeleton.tsx";

export function ConnectSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-5 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
      <Loading what="the tenant" />
      {["caller", "ways"].map((part) => (
        <div className="flex h-72 flex-col gap-4 rounded-md border bg-surface p-4" key={part}>
          <Skeleton className="w-32" />
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-32 w-full" />
        </div>
      ))}
    </div>
  );
}
