import { queryOptions } from "@tanstack/react-query";
import {
  type CreateImportInput,
  type ImportFormat,
  type ImportList,
  type ImportPreview,
  type ImportSummary,
  importPartLimits,
  type PreviewImportInput,
} from "../contracts/imports.ts";
import { createPieceCutter, type FilePiece } from "../core/intake/cut-pieces.ts";
import { recordFormOf } from "../core/intake/record-form.ts";
import { createRecordSplitter, type RawRecord, recordBytesMax } from "../core/intake/split-records.ts";
import { fetchJson } from "./fetch-json.ts";

/** The newest imports of a tenant; asked for again while one is on its way. */
export function importsQuery(tenant: string) {
  return queryOptions({
    queryKey: ["imports", tenant] as const,
    queryFn: ({ signal }) =>
      fetchJson<ImportList>(`/api/imports?${new URLSearchParams({ tenant })}`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.imports.some(({ endedAt }) => endedAt === null) ? 1_000 : false,
  });
}

export const previewImport = (body: PreviewImportInput, signal: AbortSignal): Promise<ImportPreview> =>
  fetchJson("/api/imports/preview", { method: "POST", body, signal });

export const createImport = (body: CreateImportInput): Promise<ImportSummary> =>
  fetchJson("/api/imports", { method: "POST", body });

export const cancelImport = (tenant: string, id: string): Promise<void> =>
  fetchJson(`/api/imports/${id}/cancel`, { method: "POST", body: { tenant } });

export const importErrorsHref = (tenant: string, id: string): string =>
  `/api/imports/${id}/errors?${new URLSearchParams({ tenant })}`;

const previewedBytes = 256 * 1024;

/**
 * The first records of a file, for a look at them: those of its first bytes, or where it begins with longer ones, as far as a
 * record may be long. One that is longer stands there as too long.
 */
export async function firstRecords(file: Blob, format: ImportFormat, count: number): Promise<RawRecord[]> {
  const splitter = createRecordSplitter(recordFormOf(format, await file.slice(0, 256).text()));
  // The line of the columns is none to look at.
  const needed = format === "csv" ? 2 : 1;
  const records: RawRecord[] = [];
  let at = 0;
  while (at < file.size && records.length < needed && at <= needed * recordBytesMax) {
    const bytes = await file.slice(at, at + previewedBytes).arrayBuffer();
    records.push(...splitter.push(new Uint8Array(bytes)));
    at += previewedBytes;
  }
  // The last record of a file has no line break behind it. One that the reading broke off within is not shown, unless it is too
  // long already.
  records.push(...splitter.end().filter(({ text }) => text === null || at >= file.size));
  return records.slice(0, count);
}

/**
 * Sends a file piece by piece, one after the other, and says that it is whole. In memory is one piece at a time. Throws
 * where one is not taken, and where the signal ends it.
 */
export async function sendFile(
  file: Blob,
  { id, tenant, format }: Pick<ImportSummary, "id" | "tenant" | "format">,
  { signal, onSent }: { signal: AbortSignal; onSent: (bytes: number) => void },
): Promise<void> {
  const cutter = createPieceCutter({
    form: recordFormOf(format, await file.slice(0, 256).text()),
    // The line of the columns was told when the import began.
    skip: format === "csv" ? 1 : 0,
    ...importPartLimits,
  });
  const send = async (pieces: readonly FilePiece[]): Promise<void> => {
    for (const piece of pieces) {
      await fetchJson(`/api/imports/${id}/parts`, { method: "POST", body: { tenant, ...piece }, signal });
      onSent(piece.bytesRead);
    }
  };
  const reader = file.stream().getReader();
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = await reader.read();
    if (done) break;
    await send(cutter.push(value));
  }
  await send(cutter.end());
  await fetchJson(`/api/imports/${id}/finish`, { method: "POST", body: { tenant }, signal });
}
