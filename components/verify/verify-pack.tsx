"use client";

import { type DragEvent, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { formatCount } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import { Progress } from "../ui/progress.tsx";
import { FileField } from "./file-field.tsx";
import { useVerifier, type VerifierState } from "./use-verifier.ts";
import { VerifyResult } from "./verify-result.tsx";

type Files = { readonly pack: File | null; readonly trust: File | null; readonly since: File | null };

/** A pack and a trust root into the page, the outcome out of it. */
export function VerifyPack() {
  const [files, setFiles] = useState<Files>({ pack: null, trust: null, since: null });
  const [isOver, setOver] = useState(false);
  const [unread, setUnread] = useState<string | null>(null);
  const { state, verify, reset } = useVerifier();
  // What was found, or is being looked for, is of the files that lay there before.
  const asked = useRef(0);
  const put = (name: keyof Files) => (file: File | null) => {
    asked.current += 1;
    reset();
    setUnread(null);
    setFiles((now) => ({ ...now, [name]: file }));
  };

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    for (const file of event.dataTransfer.files) put(kindOf(file.name))(file);
  };
  const start = async () => {
    if (files.pack === null) return;
    setUnread(null);
    const asking = asked.current;
    try {
      const [trustRoot, since] = await Promise.all([textOf(files.trust), textOf(files.since)]);
      // Another file was put in while these were read.
      if (asking === asked.current) verify({ pack: files.pack, trustRoot, since });
    } catch (error) {
      setUnread(error instanceof Error ? error.message : String(error));
    }
  };
  const isWorking = state.is === "working";
  return (
    <>
      <section
        aria-label="Files"
        className={cn(
          "flex flex-col gap-4 rounded-md border bg-surface p-4",
          isOver && "border-accent bg-hover",
        )}
        onDragLeave={() => setOver(false)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDrop={drop}
      >
        <p className="text-muted text-sm">Drop the files here, or choose them one by one.</p>
        <div className="grid gap-3 sm:grid-cols-3">
          <FileField
            accept=".zip,application/zip"
            file={files.pack}
            hint="domicile-….zip, as it was handed to you"
            label="Report pack"
            onChange={put("pack")}
          />
          <FileField
            accept=".json,application/json"
            file={files.trust}
            hint="trust-root.json, from elsewhere than the pack"
            label="Trust root"
            onChange={put("trust")}
          />
          <FileField
            accept=".checkpoint,.txt"
            file={files.since}
            hint="Optional: one you kept, to show that nothing before it was rewritten"
            label="Old checkpoint"
            onChange={put("since")}
          />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button
            disabled={files.pack === null || isWorking || state.is === "loading" || state.is === "failed"}
            look="primary"
            onClick={start}
          >
            Verify
          </Button>
          {isWorking ? (
            <Button onClick={reset}>Stop</Button>
          ) : files.pack !== null && files.trust === null ? (
            <p className="text-muted text-sm">Without a trust root the best outcome is "cannot be told".</p>
          ) : null}
        </div>
        <Standing state={state} />
        {unread === null ? null : (
          <Notice live tone="doubt">
            A file cannot be read: {unread}
          </Notice>
        )}
      </section>
      {state.is === "done" ? <VerifyResult outcome={state.outcome} /> : null}
    </>
  );
}

function Standing({ state }: { state: VerifierState }) {
  switch (state.is) {
    case "failed":
      return (
        <Notice live tone="doubt">
          The verifier did not load. Open the page again while this machine can reach it.
        </Notice>
      );
    case "refused":
      return (
        <Notice live tone="doubt">
          {state.words}
        </Notice>
      );
    case "working":
      return (
        <div className="flex flex-col gap-1" role="status">
          <Progress label="Entries checked" of={state.of} value={state.of === 0 ? null : state.entries} />
          <p className="text-muted text-xs tabular-nums">
            {state.of === 0
              ? "Reading the pack"
              : `${formatCount(state.entries)} of ${formatCount(state.of)} entries checked`}
          </p>
        </div>
      );
    default:
      return null;
  }
}

/** By its name: what was dropped says by its content whether it is that. */
function kindOf(name: string): keyof Files {
  if (/\.zip$/i.test(name)) return "pack";
  return /\.json$/i.test(name) ? "trust" : "since";
}

/** trust: a small text from anywhere. */
async function textOf(file: File | null): Promise<string | null> {
  if (file === null) return null;
  if (file.size > 64 * 1024 * 1024) throw new Error(`${file.name} is larger than any such file.`);
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
}
