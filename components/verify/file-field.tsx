"use client";

import { FileCheck2, FileUp, X } from "lucide-react";
import { useId, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";

export type FileFieldProps = {
  label: string;
  hint: string;
  accept: string;
  file: File | null;
  onChange: (file: File | null) => void;
};

/** One file from the reader's disk, by a click or the keyboard; dropping is the page's. */
export function FileField({ label, hint, accept, file, onChange }: FileFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col gap-2 rounded-md border border-dashed p-3",
        file && "border-solid",
      )}
    >
      <div className="flex items-center gap-2">
        {file ? (
          <FileCheck2 aria-hidden="true" className="size-4 shrink-0 text-accent-ink" />
        ) : (
          <FileUp aria-hidden="true" className="size-4 shrink-0 text-faint" />
        )}
        <label className="font-medium text-sm" htmlFor={id}>
          {label}
        </label>
      </div>
      <p className="min-h-8 break-words text-muted text-xs" id={`${id}-hint`}>
        {file ? file.name : hint}
      </p>
      <input
        accept={accept}
        aria-describedby={`${id}-hint`}
        className="sr-only"
        id={id}
        onChange={(event) => onChange(event.target.files?.[0] ?? null)}
        ref={input}
        type="file"
      />
      <div className="flex gap-2">
        <Button aria-hidden="true" onClick={() => input.current?.click()} size="sm" tabIndex={-1}>
          {file ? "Choose another" : "Choose a file"}
        </Button>
        {file ? (
          <Button
            aria-label={`Remove ${label.toLowerCase()}`}
            look="quiet"
            onClick={() => {
              if (input.current) input.current.value = "";
              onChange(null);
            }}
            size="sm"
          >
            <X aria-hidden="true" />
          </Button>
        ) : null}
      </div>
    </div>
  );
}
