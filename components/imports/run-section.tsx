"use client";

import { ProblemError } from "../../lib/client/fetch-json.ts";
import type { ImportSummary } from "../../lib/contracts/imports.ts";
import { Button } from "../ui/button.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Section } from "../ui/section.tsx";
import { ImportResult } from "./import-result.tsx";
import type { ImportRun } from "./use-import-run.ts";

export type RunSectionProps = {
  /** Why the file cannot be sent as it is; null: it can. */
  obstacle: string | null;
  run: ImportRun | null;
  /** The import of the run, as the server has it. */
  current: ImportSummary | null;
  onStart: (dryRun: boolean) => void;
  onCancel: (id: string) => Promise<void>;
};

/** Checked first, recorded then; each can be given up. */
export function RunSection({ obstacle, run, current, onStart, onCancel }: RunSectionProps) {
  const isBusy =
    run !== null && (run.isSending || (current !== null && current.endedAt === null && !run.problem));
  return (
    <Section
      note="A check records nothing and tells what would be recorded, known or rejected."
      title="3 · Check and record"
    >
      <div className="flex flex-col gap-4 p-4">
        <div className="flex flex-wrap items-center gap-2">
          <Button disabled={obstacle !== null || isBusy} onClick={() => onStart(true)}>
            Check without recording
          </Button>
          <Button disabled={obstacle !== null || isBusy} look="primary" onClick={() => onStart(false)}>
            Record calls
          </Button>
          {isBusy && run.id !== null ? (
            <Button look="quiet" onClick={() => void onCancel(run.id ?? "")}>
              Cancel
            </Button>
          ) : null}
          {obstacle === null || isBusy ? null : <p className="text-muted text-sm">{obstacle}</p>}
        </div>
        {run?.problem ? (
          <ErrorPanel
            code={run.problem instanceof ProblemError ? run.problem.problem.code : undefined}
            detail={
              run.sentBytes > 0
                ? `${run.problem.message} What was taken of it stays, and is known when the same file is sent again.`
                : run.problem.message
            }
            title="The file was not sent to its end"
          />
        ) : null}
        {run && current ? (
          <ImportResult isWaiting={run.isWaiting} sentBytes={run.sentBytes} summary={current} />
        ) : null}
      </div>
    </Section>
  );
}
