import { TriangleAlert } from "lucide-react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";

export type ErrorPanelProps = {
  /** What could not be shown or done, e.g. "The overview could not be loaded". */
  title: string;
  /** What went wrong: of a problem its sentence, which is written for strangers, and its code of `docs/errors.md`. */
  error?: Error | null;
  /** Where there is no such error, or it may not be said. */
  detail?: string;
  code?: string;
  onRetry?: () => void;
  className?: string;
};

export function ErrorPanel({ title, error, onRetry, className, ...said }: ErrorPanelProps) {
  const detail = said.detail ?? error?.message;
  const code = said.code ?? (error instanceof ProblemError ? error.problem.code : undefined);
  return (
    <div
      className={cn("flex gap-3 rounded-md border border-line-strong bg-surface p-4", className)}
      role="alert"
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-outside" />
      <div className="flex min-w-0 flex-col items-start gap-1">
        <p className="font-medium text-base">{title}</p>
        {detail ? <p className="text-base text-muted">{detail}</p> : null}
        {code ? <p className="font-mono text-faint text-xs">{code}</p> : null}
        {onRetry ? (
          <Button className="mt-2" onClick={onRetry} size="sm">
            Try again
          </Button>
        ) : null}
      </div>
    </div>
  );
}
