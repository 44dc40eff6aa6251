"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { type CallFilters, callSearchParams } from "../../lib/contracts/call-parsers.ts";
import type { CallPage } from "../../lib/contracts/calls.ts";
import type { ExportFormat } from "../../lib/contracts/exports.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { Segments } from "../ui/segments.tsx";
import { narrowingWords } from "./facet-words.ts";

const formats: readonly { id: ExportFormat; word: string }[] = [
  { id: "csv", word: "CSV" },
  { id: "ndjson", word: "NDJSON" },
];

/** Takes exactly the calls on the screen along, as a file; says first which and how many. */
export function ExportCalls({ filters, page }: { filters: CallFilters; page: CallPage | undefined }) {
  const [format, setFormat] = useState<ExportFormat>("csv");
  if (page === undefined) return null;
  const params = callSearchParams(filters);
  params.delete("range");
  params.set("from", page.window.from);
  params.set("to", page.window.to);
  params.set("format", format);
  const narrowed = narrowingWords(filters);
  return (
    <Dialog
      description="The file holds the calls on this screen, no other. That it was taken along is written into the ledger."
      title="Export calls"
      trigger={
        <Button>
          <Download aria-hidden="true" />
          Export
        </Button>
      }
    >
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
        <dt className="text-muted">Calls</dt>
        <dd className="tabular-nums">
          {formatNoun(page.totalCalls, "call")}, counted per UTC hour the range touches
        </dd>
        <dt className="text-muted">Range</dt>
        <dd>{formatWindow(page.window.from, page.window.to)}</dd>
        <dt className="text-muted">Tenant</dt>
        <dd>{filters.tenant ?? "Every tenant you are a member of"}</dd>
        <dt className="text-muted">Filter</dt>
        <dd>{narrowed.length === 0 ? "None" : narrowed.join(" · ")}</dd>
        <dt className="self-center text-muted">Format</dt>
        <dd>
          <Segments chosen={format} label="Format" onChoose={setFormat} options={formats} />
        </dd>
      </dl>
      <DialogActions>
        <DialogClose asChild>
          <Button asChild look="primary">
            <a download href={`/api/calls/export?${params}`}>
              Download
            </a>
          </Button>
        </DialogClose>
      </DialogActions>
    </Dialog>
  );
}
