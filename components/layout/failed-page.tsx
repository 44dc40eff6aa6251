import { ErrorPanel } from "../ui/error-panel.tsx";

export type FailedPageProps = { error: unknown; retry: () => void };

/** In place of a page that threw. What a server threw stays in its log, where the digest finds it. */
export function FailedPage({ error, retry }: FailedPageProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <ErrorPanel
      code={digest}
      detail={
        digest === undefined
          ? "Nothing was changed. The console of this browser holds the cause."
          : "Nothing was changed. The log of the web process holds the cause under the code below."
      }
      onRetry={retry}
      title="This page could not be shown"
    />
  );
}
