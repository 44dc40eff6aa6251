import type { PreviewedRecord } from "../../lib/contracts/imports.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";

const nothing = <span className="text-faint">not told</span>;

/** The first records as they would be read. */
export function PreviewTable({ records }: { records: readonly PreviewedRecord[] }) {
  return (
    <Table caption="The first records of the file">
      <TableHead>
        <tr>
          <TableHeader align="right">Record</TableHeader>
          <TableHeader align="right">Line</TableHeader>
          <TableHeader>Started (UTC)</TableHeader>
          <TableHeader>Host</TableHeader>
          <TableHeader>Operation</TableHeader>
          <TableHeader>Model</TableHeader>
          <TableHeader align="right">Status</TableHeader>
          <TableHeader align="right">Tokens in</TableHeader>
          <TableHeader align="right">Tokens out</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {records.map((record) => (
          <TableRow key={record.record}>
            <TableCell align="right">{record.record}</TableCell>
            <TableCell align="right">{record.line}</TableCell>
            {record.outcome === "call" ? (
              <>
                <TableCell>
                  {record.startedAt ? <Time at={record.startedAt} precision="second" short /> : nothing}
                </TableCell>
                <TableCell className="font-mono text-xs">{record.host ?? nothing}</TableCell>
                <TableCell className="font-mono text-xs">{record.operation ?? nothing}</TableCell>
                <TableCell className="font-mono text-xs">{record.model ?? nothing}</TableCell>
                <TableCell align="right">{record.status ?? nothing}</TableCell>
                <TableCell align="right">{record.inputTokens ?? nothing}</TableCell>
                <TableCell align="right">{record.outputTokens ?? nothing}</TableCell>
              </>
            ) : (
              <TableCell className="text-muted" colSpan={7}>
                {record.outcome === "ignored" ? "No call to OpenAI: left out" : `Rejected: ${record.message}`}
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
