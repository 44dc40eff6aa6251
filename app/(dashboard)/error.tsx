"use client";

import { ErrorPanel } from "../../components/ui/error-panel.tsx";

/** What React threw on this page. Its message stays in the server's log; the digest finds it there. */
export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <ErrorPanel
      code={digest}
      detail="Nothing was changed. The log of the web process holds the cause under the code below."
      onRetry={retry}
      title="This page could not be shown"
    />
  );
}
