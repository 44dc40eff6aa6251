import { FindingListSkeleton } from "../../../../components/findings/finding-list-skeleton.tsx";
import { Skeleton } from "../../../../components/ui/skeleton.tsx";

export default function FindingsLoading() {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-7 w-28" />
        <Skeleton className="h-4 w-72 max-w-full" />
      </div>
      <Skeleton className="h-8 w-96 max-w-full" />
      <FindingListSkeleton />
    </div>
  );
}
