import Link from "next/link";
import { hrefForTenant } from "../layout/dashboard-pages.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

/** Nothing has ever been recorded for this tenant, or for any. Says what to do, claims nothing about policy. */
export function NoCallsYet({ tenant }: { tenant: string | null }) {
  return (
    <div className="rounded-md border bg-surface">
      <Empty
        action={
          <>
            <Button asChild look="primary">
              <Link href={hrefForTenant("/connect", tenant)}>Connect an application</Link>
            </Button>
            <Button asChild>
              <Link href={hrefForTenant("/playground", tenant)}>Send a test call</Link>
            </Button>
          </>
        }
        kind="no-data"
        title="No call has been recorded yet"
      >
        Point an OpenAI client at the gateway with a key of this tenant. Its first call appears here within
        two seconds, with where it went and what the policy says about it.
      </Empty>
    </div>
  );
}
