import { Loading, Skeleton } from "../ui/skeleton.tsx";

export function RegionsSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Loading what="the catalog" />
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-80 w-full" />
    </div>
  );
}
