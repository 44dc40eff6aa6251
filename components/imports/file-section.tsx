"use client";

import { useId } from "react";
import { type ImportFormat, importFormats } from "../../lib/contracts/imports.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { useTenants } from "../layout/tenants.tsx";
import { TenantOptions } from "../tenants/tenant-options.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Section } from "../ui/section.tsx";
import { Segments } from "../ui/segments.tsx";
import { Select } from "../ui/select.tsx";
import { formatWords, sizeWords } from "./import-words.ts";

export type FileChoice = {
  readonly file: File | null;
  readonly format: ImportFormat;
  readonly application: string;
  readonly environment: "production" | "test";
};

export type FileSectionProps = {
  tenant: TenantSummary;
  applications: readonly string[];
  choice: FileChoice;
  /** While a file is on its way its tenant stays: a page of another tenant's would stop it. */
  isSending: boolean;
  onTenant: (slug: string) => void;
  onFile: (file: File | null) => void;
  onChange: (change: Partial<FileChoice>) => void;
};

/** Whose calls they are, and the file that holds them. */
export function FileSection(props: FileSectionProps) {
  const { tenant, applications, choice, isSending, onTenant, onFile, onChange } = props;
  const tenants = useTenants();
  const listId = useId();
  return (
    <Section
      note="Lines of Domicile's records, CSV of any program, or an export of LiteLLM. Prompts and answers in it are read past."
      title="1 · File"
    >
      <div className="flex flex-col gap-4 p-4">
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="Tenant">
            <Select
              disabled={isSending}
              onChange={({ target }) => onTenant(target.value)}
              value={tenant.slug}
            >
              <TenantOptions tenants={tenants} />
            </Select>
          </Field>
          <Field hint="The calls are recorded as its own. A new name makes a new one." label="Application">
            <Input
              list={listId}
              maxLength={120}
              onChange={({ target }) => onChange({ application: target.value })}
              value={choice.application}
            />
          </Field>
          <datalist id={listId}>
            {applications.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <Field label="Environment">
            <Select
              onChange={({ target }) =>
                onChange({ environment: target.value === "test" ? "test" : "production" })
              }
              value={choice.environment}
            >
              <option value="production">Production</option>
              <option value="test">Test</option>
            </Select>
          </Field>
        </div>
        <div className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_auto] sm:items-end">
          <Field
            hint={
              choice.file
                ? `${sizeWords(choice.file.size)}, read on this machine piece by piece`
                : "Of any size"
            }
            label="File"
          >
            <Input
              accept=".ndjson,.jsonl,.json,.csv,.tsv,.txt"
              className="h-auto py-1 file:mr-3 file:h-6 file:rounded-sm file:border file:border-line-strong file:bg-surface file:px-2 file:text-sm"
              onChange={({ target }) => onFile(target.files?.[0] ?? null)}
              type="file"
            />
          </Field>
          <div className="sm:pb-[1.375rem]">
            <Segments
              chosen={choice.format}
              label="Format"
              onChoose={(format) => onChange({ format })}
              options={importFormats.map((id) => ({ id, word: formatWords[id] }))}
            />
          </div>
        </div>
      </div>
    </Section>
  );
}
