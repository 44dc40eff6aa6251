"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import { useState } from "react";
import { callViewsQuery } from "../../lib/client/call-views.ts";
import type { CallFilters, CallPageState } from "../../lib/contracts/call-parsers.ts";
import { callViewQuery } from "../../lib/contracts/call-views.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { SaveViewForm } from "./save-view-form.tsx";
import { SavedViewRow } from "./saved-view-row.tsx";

/** The views that somebody saved: opened by their address, and the present filters kept as one more. */
export function SavedViews({ filters, state }: { filters: CallFilters; state: CallPageState }) {
  const [open, setOpen] = useState(false);
  const views = useQuery({ ...callViewsQuery, enabled: open });
  const query = callViewQuery(filters);
  const current = views.data?.find((view) => view.query === query);
  return (
    <Dialog
      description="A view is an address: whoever opens it sees the calls it matches then, of their own tenants."
      onOpenChange={setOpen}
      open={open}
      title="Saved views"
      trigger={
        <Button size="sm">
          <Bookmark aria-hidden="true" className={current ? "fill-current" : undefined} />
          <span className="max-w-40 truncate">{current ? current.name : "Saved views"}</span>
        </Button>
      }
    >
      <SaveViewForm filters={filters} saved={current?.name ?? null} />
      <section aria-labelledby="kept-views" className="flex flex-col gap-1 border-line border-t pt-4">
        <h3 className="font-medium text-sm" id="kept-views">
          Kept
        </h3>
        {views.isError ? (
          <ErrorPanel
            error={views.error}
            onRetry={() => views.refetch()}
            title="The saved views could not be read"
          />
        ) : views.data === undefined ? (
          <Skeleton className="h-8 w-full" />
        ) : views.data.length === 0 ? (
          <p className="text-muted text-sm">No view has been saved yet.</p>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {views.data.map((view) => (
              <SavedViewRow
                current={view.id === current?.id}
                key={view.id}
                live={state.live}
                onOpen={() => setOpen(false)}
                view={view}
              />
            ))}
          </ul>
        )}
      </section>
    </Dialog>
  );
}
