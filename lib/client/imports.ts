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
import { beginningBytes, createFirstRecords } from "../core/intake/first-records.ts";
import { recordFormOf } from "../core/intake/record-form.ts";
import type { RawRecord } from "../core/intake/split-records.ts";
import { fetchJson } from "./fetch-json.ts";
import { whenThereIsRoom } from "./when-there-is-room.ts";

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

/** The first records of a file, for a look at them. */
export async function firstRecords(file: Blob, format: ImportFormat, count: number): Promise<RawRecord[]> {
  const first = createFirstRecords({ format, beginning: await file.slice(0, 256).text() }, count);
  let at = 0;
  for (let wanted = true; wanted && at < file.size; at += beginningBytes)
    wanted = first.push(new Uint8Array(await file.slice(at, at + beginningBytes).arrayBuffer()));
  return first.end(at >= file.size);
}

/**
 * Sends a file piece by piece, one after the other, and says that it is whole. In memory is one piece at a time. Waits where
 * more pieces come than may in a minute (`onWait`). Throws where one is not taken, and where the signal ends it.
 */
export async function sendFile(
  file: Blob,
  { id, tenant, format }: Pick<ImportSummary, "id" | "tenant" | "format">,
  { signal, onSent, onWait }: { signal: AbortSignal; onSent: (bytes: number) => void; onWait: () => void },
): Promise<void> {
  const cutter = createPieceCutter({
    form: recordFormOf(format, await file.slice(0, 256).text()),
    // The line of the columns was told when the import began.
    skip: format === "csv" ? 1 : 0,
    ...importPartLimits,
  });
  const send = async (pieces: readonly FilePiece[]): Promise<void> => {
    for (const piece of pieces) {
      const body = { tenant, ...piece };
      await whenThereIsRoom(
        () => fetchJson(`/api/imports/${id}/parts`, { method: "POST", body, signal }),
        signal,
        onWait,
      );
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
