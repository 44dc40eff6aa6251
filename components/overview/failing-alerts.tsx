"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { failingQuery } from "../../lib/client/alerts.ts";
import { outcomeWords } from "../alerts/alert-words.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Notice } from "../ui/notice.tsx";
import { Time } from "../ui/time.tsx";

/** Where alerts have not arrived for an hour, said to whoever may mend it. Nothing where they do. */
export function FailingAlerts({ tenant }: { tenant: string | null }) {
  const failing = useQuery(failingQuery(tenant));
  if (failing.isError && !failing.data)
    return (
      <ErrorPanel
        error={failing.error}
        onRetry={() => void failing.refetch()}
        title="Whether alerts arrive could not be read"
      />
    );
  return failing.data?.map(({ id, name, tenant: of, since, lastOutcome }) => (
    <Notice key={id} tone="doubt">
      <span className="font-medium">
        Alerts of {of} have not reached “{name}” since <Time at={since} />.
      </span>{" "}
      {outcomeWords(lastOutcome)}{" "}
      <Link
        className="whitespace-nowrap text-accent-ink underline-offset-4 hover:underline"
        href={`/settings/alerts/${encodeURIComponent(of)}`}
      >
        Open its alerts
      </Link>
    </Notice>
  ));
}
