import { cn } from "./cn.ts";

/** Give it the shape of what comes, so that nothing moves when it does. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("breathe h-4 rounded-sm bg-hover", className)} />;
}

/** Says once to screen readers what the skeletons around it stand for. */
export function Loading({ what }: { what: string }) {
  return (
    <p className="sr-only" role="status">
      Loading {what}
    </p>
  );
}
