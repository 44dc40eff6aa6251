"use client";

import { useId, useState } from "react";
import { hashFile } from "../../lib/client/hash-file.ts";
import type { RegisterDocument } from "../../lib/core/register/register.ts";
import { Button } from "../ui/button.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Label } from "../ui/label.tsx";

export type DocumentFieldProps = {
  document: RegisterDocument | null;
  error: string | null;
  onChange: (document: RegisterDocument | null) => void;
};

/** A paper by its hash. The file is read here and goes nowhere. */
export function DocumentField({ document, error, onChange }: DocumentFieldProps) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const choose = (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    hashFile(file).then(onChange, () => setProblem("This file could not be read. Choose it again."));
  };
  const message = problem ?? error;
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>
        Document <span className="ml-1.5 font-normal text-faint">optional</span>
      </Label>
      <input
        aria-describedby={`${id}-hint`}
        className="text-sm file:mr-3 file:h-8 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-3 file:text-ink"
        id={id}
        onChange={({ target }) => choose(target.files?.[0])}
        type="file"
      />
      <p className="text-faint text-xs" id={`${id}-hint`}>
        The file is hashed in this browser and is never uploaded. Keep it where you keep contracts.
      </p>
      {message ? (
        <p className="text-outside-ink text-xs" role="alert">
          {message}
        </p>
      ) : null}
      {document === null ? null : (
        <p className="flex flex-wrap items-center gap-2 text-sm" role="status">
          {document.name}, {formatCount(document.bytes)} bytes
          <Copyable text={document.sha256} what="hash of the document" />
          <Button look="quiet" onClick={() => onChange(null)} size="sm">
            Remove
          </Button>
        </p>
      )}
    </div>
  );
}
