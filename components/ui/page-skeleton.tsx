import type { ReactNode } from "react";
import { Skeleton } from "./skeleton.tsx";

/** Title and sentence of a page on its way; `children` have the shape of what follows. */
export function PageSkeleton({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-7 w-28" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </div>
      {children}
    </div>
  );
}
