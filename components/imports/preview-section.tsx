import type { ImportFormat, ImportPreview } from "../../lib/contracts/imports.ts";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { MappingFields } from "./mapping-fields.tsx";
import { PreviewTable } from "./preview-table.tsx";
import type { usePreview } from "./use-preview.ts";

export type PreviewSectionProps = {
  format: ImportFormat;
  preview: Pick<ReturnType<typeof usePreview>, "query" | "shown">;
  /** As it was edited; null: the one that the columns suggest. */
  mapping: ImportPreview["mapping"];
  onMapping: (mapping: ImportPreview["mapping"]) => void;
};

/** The first records of the file, and which of its columns says what. */
export function PreviewSection({ format, preview, mapping, onMapping }: PreviewSectionProps) {
  return (
    <Section
      note="The first records as they are read. What stands in no column stays unsaid."
      title={format === "csv" ? "2 · Columns" : "2 · What it says"}
    >
      {preview.query.isError ? (
        <ErrorPanel
          className="m-4"
          detail={preview.query.error.message}
          onRetry={() => void preview.query.refetch()}
          title="The file could not be looked at"
        />
      ) : preview.shown ? (
        <Previewed mapping={mapping} onMapping={onMapping} shown={preview.shown} />
      ) : (
        <Skeleton className="m-4 h-24" />
      )}
    </Section>
  );
}

type PreviewedProps = Pick<PreviewSectionProps, "mapping" | "onMapping"> & { shown: ImportPreview };

function Previewed({ shown, mapping, onMapping }: PreviewedProps) {
  const { headers, problems, records } = shown;
  const inUse = mapping ?? shown.mapping;
  return (
    <div className="flex flex-col">
      {inUse && headers.length > 0 ? (
        <div className="border-b p-4">
          <MappingFields headers={headers} mapping={inUse} onChange={onMapping} />
        </div>
      ) : null}
      {problems.length > 0 ? (
        <Notice className="m-4" live tone="doubt">
          {problems.join(" ")}
        </Notice>
      ) : null}
      {records.length > 0 ? <PreviewTable records={records} /> : null}
      {records.length === 0 && problems.length === 0 ? (
        <Empty kind="no-data" title="The file holds no record" />
      ) : null}
    </div>
  );
}
