import { Loading, Skeleton } from "../ui/skeleton.tsx";

/** The parts of the evidence, before it is there. */
export function CallEvidenceSkeleton() {
  return (
    <div className="flex flex-col gap-6 p-4">
      <Loading what="the evidence" />
      <div aria-hidden="true" className="flex flex-col gap-3">
        <Skeleton className="h-5 w-32" />
        <Skeleton className="h-4" />
        <Skeleton className="h-4 w-4/5" />
      </div>
      <div aria-hidden="true" className="flex flex-col gap-px overflow-hidden rounded-md border">
        {["relay", "ingress", "inference", "storage", "system"].map((row) => (
          <Skeleton className="h-14 rounded-none" key={row} />
        ))}
      </div>
      <Skeleton className="h-40" />
    </div>
  );
}
