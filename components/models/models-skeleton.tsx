import { Loading, Skeleton } from "../ui/skeleton.tsx";

export function ModelsSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Loading what="the models" />
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  );
}
