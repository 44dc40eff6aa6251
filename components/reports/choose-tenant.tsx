"use client";

import { useQueryState } from "nuqs";
import { reportPageParsers } from "../../lib/contracts/report-parsers.ts";
import { useTenants } from "../layout/tenants.tsx";
import { Button } from "../ui/button.tsx";

/** A report is about one tenant: each of the reader's, to begin with. */
export function ChooseTenant() {
  const tenants = useTenants();
  const [, setTenant] = useQueryState("tenant", reportPageParsers.tenant.withOptions({ history: "push" }));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="text-muted">A report is about one tenant:</p>
      {tenants.map(({ slug, name }) => (
        <Button key={slug} onClick={() => void setTenant(slug)} size="sm">
          {name}
        </Button>
      ))}
    </div>
  );
}
