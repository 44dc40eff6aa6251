"use client";

import { Download } from "lucide-react";
import { Fragment, type MouseEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { confirmExport } from "../../lib/client/confirmation.ts";
import { startDownload } from "../../lib/client/start-download.ts";
import type { ExportFormat } from "../../lib/contracts/exports.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions } from "../ui/dialog.tsx";
import { Segments } from "../ui/segments.tsx";

export type ExportDialogProps = {
  /** What is taken along: "calls". */
  noun: string;
  /** What the file holds, in words: how many, of when, of whom, how narrowed. */
  about: readonly { readonly term: string; readonly words: ReactNode }[];
  /** Address of the file, without its form: what is on the screen. */
  path: string;
  params: URLSearchParams;
  size?: "sm";
};

const formats: readonly { id: ExportFormat; word: string }[] = [
  { id: "csv", word: "CSV" },
  { id: "ndjson", word: "NDJSON" },
];

/** Takes exactly what is on the screen along, as a file; says first what that is. */
export function ExportDialog({ noun, about, path, params, size }: ExportDialogProps) {
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<ExportFormat>("csv");
  const query = new URLSearchParams(params);
  query.set("format", format);
  const href = `${path}?${query}`;
  const take = async (event: MouseEvent) => {
    // A browser that downloads asks the reader nothing.
    event.preventDefault();
    setOpen(false);
    try {
      if (await confirmExport()) startDownload(href);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : "It did not work.");
    }
  };
  return (
    <Dialog
      description={`The file holds the ${noun} on this screen, no other. That it was taken along is written into the ledger.`}
      onOpenChange={setOpen}
      open={open}
      title={`Export ${noun}`}
      trigger={
        <Button size={size}>
          <Download aria-hidden="true" />
          Export
        </Button>
      }
    >
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
        {about.map(({ term, words }) => (
          <Fragment key={term}>
            <dt className="text-muted">{term}</dt>
            <dd className="tabular-nums">{words}</dd>
          </Fragment>
        ))}
        <dt className="self-center text-muted">Format</dt>
        <dd>
          <Segments chosen={format} label="Format" onChoose={setFormat} options={formats} />
        </dd>
      </dl>
      <DialogActions>
        <Button asChild look="primary">
          <a download href={href} onClick={(event) => void take(event)}>
            Download
          </a>
        </Button>
      </DialogActions>
    </Dialog>
  );
}
