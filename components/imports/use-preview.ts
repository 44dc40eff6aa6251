"use client";

import { useQuery } from "@tanstack/react-query";
import { firstRecords, previewImport } from "../../lib/client/imports.ts";
import type { ImportFormat, ImportPreview } from "../../lib/contracts/imports.ts";

const previewedRecords = 21;

export type PreviewOf = {
  readonly tenant: string;
  /** null: nothing is looked at. */
  readonly file: File | null;
  readonly format: ImportFormat;
  /** null: the one that the columns suggest. */
  readonly mapping: ImportPreview["mapping"];
};

/**
 * What the first records of a file say. `shown` may be by the mapping before, while the new one is asked about; `settled` is by
 * the one that was asked for, and alone may be acted upon.
 */
export function usePreview({ tenant, file, format, mapping }: PreviewOf) {
  const looksAt = [file?.name, file?.size, file?.lastModified, format].join("/");
  const query = useQuery({
    queryKey: ["imports", "preview", tenant, looksAt, mapping] as const,
    queryFn: async ({ signal }) => {
      const records = await firstRecords(file ?? new Blob(), format, previewedRecords);
      return previewImport({ tenant, format, records, ...(mapping && { mapping }) }, signal);
    },
    enabled: file !== null,
    // What another file said is no answer, not even for a moment.
    placeholderData: (before, query) => (query?.queryKey[3] === looksAt ? before : undefined),
    retry: false,
  });
  const shown = file === null ? undefined : query.data;
  return { query, shown, settled: query.isPlaceholderData ? undefined : shown };
}
