"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { importsQuery } from "../../lib/client/imports.ts";
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
import { LeaveGuard } from "../ui/leave-guard.tsx";
import { Notice } from "../ui/notice.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";
import { type FileChoice, FileSection } from "./file-section.tsx";
import { ImportHistory } from "./import-list.tsx";
import { PreviewSection } from "./preview-section.tsx";
import { RunSection } from "./run-section.tsx";
import { useImportRun } from "./use-import-run.ts";
import { usePreview } from "./use-preview.ts";

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
  const isSending = run?.isSending === true;
  const [choice, setChoice] = useState<FileChoice>({
    file: null,
    format: "ndjson",
    application: "",
    environment: "production",
  });
  const [mapping, setMapping] = useState<ImportPreview["mapping"]>(null);
  const newest = useRef<File | null>(null);
  const { file, format } = choice;
  const preview = usePreview({
    tenant: slug,
    file: forbidden === null ? file : null,
    format,
    mapping,
  });
  const { settled } = preview;
  const choose = async (next: File | null): Promise<void> => {
    newest.current = next;
    setMapping(null);
    // The one before is not to be recorded while the beginning of this one is read.
    setChoice((before) => ({ ...before, file: null }));
    const beginning = next === null ? "" : await next.slice(0, 4_096).text();
    if (newest.current !== next) return;
    setChoice((before) => ({
      ...before,
      file: next,
      format: next === null ? before.format : formatOfFile(next.name, beginning),
    }));
  };
  const csv =
    format === "csv" && settled?.mapping
      ? { headers: [...settled.headers], mapping: settled.mapping }
      : undefined;
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
  const isAsked = settled === undefined && !preview.query.isError;
  const canStart = choice.application.trim() !== "" && settled?.problems.length === 0;
  const lacking = canStart ? null : "It takes an application and a file that can be read.";
  const obstacle = isAsked ? "The first records of the file are being read." : lacking;
  if (list.isError)
    return (
      <ErrorPanel
        error={list.error}
        onRetry={() => void list.refetch()}
        title="The imports could not be loaded"
      />
    );
  if (!list.data) return <ImportSkeleton />;
  const current = list.data.imports.find(({ id }) => id === run?.id) ?? null;
  return (
    <div className="flex flex-col gap-5">
      <LeaveGuard title="Stop sending the file?" verb="Stop and leave" when={isSending}>
        The file is read on this page: leaving it stops the import. What was recorded by then stays recorded.
      </LeaveGuard>
      {forbidden ? <Notice>{forbidden}</Notice> : null}
      {forbidden ? null : (
        <FileSection
          applications={[...new Set(detail.data?.applications.map(({ name }) => name) ?? [])]}
          choice={choice}
          isSending={isSending}
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
        <PreviewSection format={format} mapping={mapping} onMapping={setMapping} preview={preview} />
      )}
      {forbidden || file === null ? null : (
        <RunSection current={current} obstacle={obstacle} onCancel={cancel} onStart={begin} run={run} />
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
