"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { firstRecords, importsQuery, previewImport } from "../../lib/client/imports.ts";
import { tenantQuery } from "../../lib/client/tenants.ts";
import { importParsers } from "../../lib/contracts/import-parsers.ts";
import type { CreateImportInput, ImportPreview } from "../../lib/contracts/imports.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { formatOfFile } from "../../lib/core/intake/record-form.ts";
import { useTenants } from "../layout/tenants.tsx";
import { chosenTenant } from "../playground/chosen-tenant.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";
import { type FileChoice, FileSection } from "./file-section.tsx";
import { ImportHistory } from "./import-list.tsx";
import { MappingFields } from "./mapping-fields.tsx";
import { PreviewTable } from "./preview-table.tsx";
import { RunSection } from "./run-section.tsx";
import { useImportRun } from "./use-import-run.ts";

const previewedRecords = 21;

/** A file of calls: chosen, looked at, checked, recorded. */
export function ImportPage() {
  const tenants = useTenants();
  const [search, setSearch] = useQueryStates(importParsers);
  const chosen = chosenTenant(tenants, search.tenant);
  if (!chosen)
    return (
      <Empty kind="no-data" title="No tenant yet">
        Calls belong to a tenant. You are a member of none; an administrator can create one under Settings.
      </Empty>
    );
  const forbidden = permissionReason(chosen.role, "call:import");
  return (
    <TenantImport
      forbidden={forbidden}
      key={chosen.slug}
      onTenant={(tenant) => void setSearch({ tenant })}
      tenant={chosen}
    />
  );
}

type TenantImportProps = {
  tenant: TenantSummary;
  forbidden: string | null;
  onTenant: (slug: string) => void;
};

function TenantImport({ tenant, forbidden, onTenant }: TenantImportProps) {
  const { slug } = tenant;
  const list = useQuery(importsQuery(slug));
  const detail = useQuery(tenantQuery(slug));
  const { run, start, cancel } = useImportRun(slug);
  const [choice, setChoice] = useState<FileChoice>({
    file: null,
    format: "ndjson",
    application: "",
    environment: "production",
  });
  const [mapping, setMapping] = useState<ImportPreview["mapping"]>(null);
  const { file, format } = choice;
  const preview = useQuery({
    queryKey: [
      "imports",
      "preview",
      slug,
      file?.name,
      file?.size,
      file?.lastModified,
      format,
      mapping,
    ] as const,
    queryFn: async ({ signal }) => {
      const records = await firstRecords(file ?? new Blob(), format, previewedRecords);
      return previewImport({ tenant: slug, format, records, ...(mapping && { mapping }) }, signal);
    },
    enabled: file !== null && forbidden === null,
    placeholderData: (before) => before,
    retry: false,
  });
  const choose = async (next: File | null): Promise<void> => {
    setMapping(null);
    const beginning = next === null ? "" : await next.slice(0, 4_096).text();
    setChoice((before) => ({
      ...before,
      file: next,
      format: next === null ? before.format : formatOfFile(next.name, beginning),
    }));
  };
  const data = file === null ? undefined : preview.data;
  const csv =
    format === "csv" && data?.mapping ? { headers: [...data.headers], mapping: data.mapping } : undefined;
  const begin = (dryRun: boolean): void => {
    if (file === null) return;
    const { application, environment } = choice;
    const input: CreateImportInput = {
      tenant: slug,
      application: application.trim(),
      environment,
      format,
      fileName: file.name,
      fileBytes: file.size,
      dryRun,
      ...(csv && { csv }),
    };
    void start(file, input);
  };
  if (list.isError)
    return (
      <ErrorPanel
        code={list.error instanceof ProblemError ? list.error.problem.code : undefined}
        detail={list.error.message}
        onRetry={() => void list.refetch()}
        title="The imports could not be loaded"
      />
    );
  if (!list.data) return <ImportSkeleton />;
  const current = list.data.imports.find(({ id }) => id === run?.id) ?? null;
  return (
    <div className="flex flex-col gap-5">
      {forbidden ? <Notice>{forbidden}</Notice> : null}
      {forbidden ? null : (
        <FileSection
          applications={[...new Set(detail.data?.applications.map(({ name }) => name) ?? [])]}
          choice={choice}
          onChange={(change) => {
            if (change.format) setMapping(null);
            setChoice((before) => ({ ...before, ...change }));
          }}
          onFile={(next) => void choose(next)}
          onTenant={onTenant}
          tenant={tenant}
        />
      )}
      {forbidden || file === null ? null : (
        <Section
          note="The first records as they are read. What stands in no column stays unsaid."
          title={format === "csv" ? "2 · Columns" : "2 · What it says"}
        >
          {preview.isError ? (
            <ErrorPanel
              className="m-4"
              detail={preview.error.message}
              onRetry={() => void preview.refetch()}
              title="The file could not be looked at"
            />
          ) : data ? (
            <div className="flex flex-col">
              {csv ? (
                <div className="border-b p-4">
                  <MappingFields headers={csv.headers} mapping={csv.mapping} onChange={setMapping} />
                </div>
              ) : null}
              {data.problems.length > 0 ? (
                <Notice className="m-4" live tone="doubt">
                  {data.problems.join(" ")}
                </Notice>
              ) : null}
              {data.records.length > 0 ? <PreviewTable records={data.records} /> : null}
              {data.records.length === 0 && data.problems.length === 0 ? (
                <Empty kind="no-data" title="The file holds no record" />
              ) : null}
            </div>
          ) : (
            <Skeleton className="m-4 h-24" />
          )}
        </Section>
      )}
      {forbidden || file === null ? null : (
        <RunSection
          canStart={choice.application.trim() !== "" && data !== undefined && data.problems.length === 0}
          current={current}
          onCancel={cancel}
          onStart={begin}
          run={run}
        />
      )}
      <ImportHistory imports={list.data.imports} mayImport={list.data.mayImport} onCancel={cancel} />
    </div>
  );
}

function ImportSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Loading what="the imports" />
      <Skeleton className="h-48 w-full" />
      <Skeleton className="h-32 w-full" />
    </div>
  );
}
