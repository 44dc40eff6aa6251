import { Loading, Skeleton } from "../ui/skeleton.tsx";

/** Title, what it means, calls and history, before they are there. */
export function FindingCaseSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Loading what="the finding" />
      <div aria-hidden="true" className="flex flex-col gap-2">
        <Skeleton className="h-7 w-2/3" />
        <Skeleton className="h-5 w-48" />
      </div>
      <div aria-hidden="true" className="grid gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex flex-col gap-5">
          <Skeleton className="h-40 rounded-md" />
          <Skeleton className="h-64 rounded-md" />
        </div>
        <Skeleton className="h-80 rounded-md" />
      </div>
    </div>
  );
}
