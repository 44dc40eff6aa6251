"use client";

import { importErrorsHref } from "../../lib/client/imports.ts";
import type { ImportSummary } from "../../lib/contracts/imports.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { formatWords, stateWord } from "./import-words.ts";

export type ImportListProps = {
  imports: readonly ImportSummary[];
  mayImport: boolean;
  onCancel: (id: string) => Promise<void>;
};

/** The tenant's newest imports, and what became of each. */
export function ImportHistory({ imports, mayImport, onCancel }: ImportListProps) {
  return (
    <Section note="The newest 50. Files are kept nowhere." title="Imports of this tenant">
      {imports.length === 0 ? (
        <Empty kind="no-data" title="No file was imported yet" />
      ) : (
        <Table caption="Imports, newest first">
          <TableHead>
            <tr>
              <TableHeader>File</TableHeader>
              <TableHeader>Application</TableHeader>
              <TableHeader>State</TableHeader>
              <TableHeader align="right">Records</TableHeader>
              <TableHeader align="right">Recorded</TableHeader>
              <TableHeader align="right">Known</TableHeader>
              <TableHeader align="right">Rejected</TableHeader>
              <TableHeader>Started (UTC)</TableHeader>
              <TableHeader>By</TableHeader>
              <TableHeader>
                <span className="sr-only">Actions</span>
              </TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {imports.map((each) => (
              <TableRow key={each.id}>
                <TableCell className="max-w-64 truncate" title={each.fileName}>
                  {each.fileName} <span className="text-faint text-xs">{formatWords[each.format]}</span>
                </TableCell>
                <TableCell className="max-w-48 truncate">{each.application}</TableCell>
                <TableCell>
                  <Badge tone={each.endedAt === null ? "accent" : "plain"}>{stateWord(each)}</Badge>
                </TableCell>
                <TableCell align="right">{formatCount(each.counts.records)}</TableCell>
                <TableCell align="right">{each.dryRun ? "–" : formatCount(each.counts.recorded)}</TableCell>
                <TableCell align="right">{formatCount(each.counts.duplicate)}</TableCell>
                <TableCell align="right">
                  {each.errorsKept > 0 ? (
                    <a
                      className="text-accent-ink hover:underline"
                      download
                      href={importErrorsHref(each.tenant, each.id)}
                      title="Download the error file"
                    >
                      {formatCount(each.counts.rejected + each.counts.conflict)}
                    </a>
                  ) : (
                    formatCount(each.counts.rejected + each.counts.conflict)
                  )}
                </TableCell>
                <TableCell>
                  <Time at={each.createdAt} short />
                </TableCell>
                <TableCell className="text-muted">{each.startedBy}</TableCell>
                <TableCell align="right">
                  {each.endedAt === null && mayImport ? <Cancel onCancel={onCancel} summary={each} /> : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}

function Cancel({ summary, onCancel }: { summary: ImportSummary; onCancel: (id: string) => Promise<void> }) {
  return (
    <ConfirmDialog
      onConfirm={() => onCancel(summary.id)}
      title={`Give up the import of ${summary.fileName}?`}
      trigger={<Button size="sm">Cancel import</Button>}
      verb="Give up import"
    >
      What is recorded stays, because calls are never deleted. The rest of the file is not recorded.
    </ConfirmDialog>
  );
}
