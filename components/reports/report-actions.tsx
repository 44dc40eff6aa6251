"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { cancelReport, linkReport } from "../../lib/client/reports.ts";
import { startDownload } from "../../lib/client/start-download.ts";
import type { ReportItem, ReportPart } from "../../lib/contracts/reports.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Select } from "../ui/select.tsx";

const partWords: Readonly<Record<ReportPart, string>> = {
  pack: "Whole pack (ZIP)",
  pdf: "Report (PDF)",
  report: "Report (JSON)",
  population: "All calls (CSV)",
  exceptions: "Calls outside policy or not verifiable (CSV)",
  findings: "Findings (CSV)",
  records: "Entries (NDJSON)",
};

/** `name` says which report to those who hear it. Downloads through a link made for this one use, or cancels what is under way. */
export function ReportActions({ item, name }: { item: ReportItem; name: string }) {
  const client = useQueryClient();
  const [part, setPart] = useState<ReportPart>("pack");
  const [isPending, setPending] = useState(false);
  const { id, tenant, state, pack, cancelWanted, mayCancel } = item;
  if (state === "queued" || state === "building" || state === "signing")
    return mayCancel ? (
      <ConfirmDialog
        onConfirm={async () => {
          await cancelReport(tenant, id);
          await client.invalidateQueries({ queryKey: ["reports"] });
        }}
        title={`Cancel the report ${name}?`}
        trigger={
          <Button className="w-fit" disabled={cancelWanted} size="sm">
            Cancel
          </Button>
        }
        stay="Go on building"
        verb="Cancel report"
      >
        What was built of it is thrown away. It can be asked for again.
      </ConfirmDialog>
    ) : null;
  if (pack === null || pack.dropped) return null;
  const take = () => {
    setPending(true);
    linkReport(id, part)
      .then(({ href }) => startDownload(href))
      .catch((error: Error) => toast.error(error.message))
      .finally(() => setPending(false));
  };
  return (
    <div className="flex items-center gap-2">
      <Select
        aria-label={`What to download of ${name}`}
        className="min-w-0 max-w-72 flex-1"
        onChange={(event) => setPart(event.target.value as ReportPart)}
        value={part}
      >
        {pack.parts.map((each) => (
          <option key={each} value={each}>
            {partWords[each]}
          </option>
        ))}
      </Select>
      <Button aria-busy={isPending} disabled={isPending} onClick={take} size="sm">
        <Download aria-hidden="true" />
        Download
      </Button>
    </div>
  );
}
