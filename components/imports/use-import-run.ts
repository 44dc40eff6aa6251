"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { cancelImport, createImport, importsQuery, sendFile } from "../../lib/client/imports.ts";
import type { CreateImportInput } from "../../lib/contracts/imports.ts";

export type ImportRun = {
  /** null: it is being made. */
  readonly id: string | null;
  readonly isSending: boolean;
  readonly sentBytes: number;
  /** The next piece waits until more may be sent. */
  readonly isWaiting: boolean;
  readonly problem: Error | null;
};

/** The import that this page sends. A file is read here; whoever leaves the page stops sending it. */
export function useImportRun(tenant: string) {
  const client = useQueryClient();
  const [run, setRun] = useState<ImportRun | null>(null);
  const sending = useRef<AbortController | null>(null);
  useEffect(() => () => sending.current?.abort(), []);

  const change = (more: Partial<ImportRun>): void => setRun((before) => before && { ...before, ...more });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: importsQuery(tenant).queryKey });

  const start = async (file: Blob, input: CreateImportInput): Promise<void> => {
    const controller = new AbortController();
    sending.current = controller;
    setRun({ id: null, isSending: true, sentBytes: 0, isWaiting: false, problem: null });
    try {
      const made = await createImport(input);
      change({ id: made.id });
      await refresh();
      await sendFile(file, made, {
        signal: controller.signal,
        onSent: (sentBytes) => change({ sentBytes, isWaiting: false }),
        onWait: () => change({ isWaiting: true }),
      });
    } catch (error) {
      if (!controller.signal.aborted)
        change({ problem: error instanceof Error ? error : new Error("It did not work.") });
    } finally {
      change({ isSending: false, isWaiting: false });
      await refresh();
    }
  };

  const cancel = async (id: string): Promise<void> => {
    if (run?.id === id) sending.current?.abort();
    await cancelImport(tenant, id);
    await refresh();
  };

  return { run, start, cancel };
}
