import { CallListSkeleton } from "../../../components/calls/call-list-skeleton.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";

export default function CallsLoading() {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </div>
      <Skeleton className="h-7 w-72" />
      <div className="grid gap-5 xl:grid-cols-[11.5rem_minmax(0,1fr)]">
        <div className="hidden xl:block" />
        <div className="overflow-hidden rounded-md border bg-surface">
          <CallListSkeleton />
        </div>
      </div>
    </div>
  );
}
