import { Loading, Skeleton } from "../ui/skeleton.tsx";

/** The parts of a tenant's page, before they are there. */
export function TenantSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Loading what="the tenant" />
      <div aria-hidden="true" className="flex flex-col gap-2">
        <Skeleton className="h-7 w-48" />
        <Skeleton className="w-80 max-w-full" />
      </div>
      {["policy", "keys", "credentials", "accounts", "members"].map((part) => (
        <div aria-hidden="true" className="rounded-md border bg-surface" key={part}>
          <div className="flex h-11 items-center border-b px-4">
            <Skeleton className="w-28" />
          </div>
          <div className="flex flex-col gap-3 p-4">
            <Skeleton />
            <Skeleton className="w-4/5" />
            <Skeleton className="w-3/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
