"use client";

import { useMutation } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { type ChangeEvent, useRef, useState } from "react";
import { previewCatalog } from "../../lib/client/catalog.ts";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { type CatalogDraft, type CatalogPreview, catalogBytesMax } from "../../lib/contracts/catalog.ts";
import { catalogFileSchema } from "../../lib/contracts/catalog-schema.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { PublishDialog } from "./publish-dialog.tsx";

type Problem = { readonly path: string; readonly message: string };

/** Reads a catalog's file, says by path what is wrong with it, or shows what it would change. */
export function ImportDialog() {
  const input = useRef<HTMLInputElement>(null);
  const preview = useMutation(previewCatalog());
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [found, setFound] = useState<{ draft: CatalogDraft; preview: CatalogPreview } | null>(null);
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (!file) return;
    const parsed = await readFile(file);
    if (Array.isArray(parsed)) {
      setProblems(parsed);
      return;
    }
    preview.mutate(parsed, {
      onSuccess: (answer) => setFound({ draft: parsed, preview: answer }),
      onError: (error) => setProblems(problemsOf(error)),
    });
  };
  return (
    <>
      <input
        accept="application/json,.json"
        aria-label="Catalog file"
        className="sr-only"
        onChange={(event) => void read(event)}
        ref={input}
        tabIndex={-1}
        type="file"
      />
      <Button
        aria-busy={preview.isPending}
        disabled={preview.isPending}
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden="true" />
        {preview.isPending ? "Reading" : "Import"}
      </Button>
      <Dialog
        description="Nothing was changed. The form of the file is described in its JSON Schema."
        onOpenChange={(open) => {
          if (!open) setProblems([]);
        }}
        open={problems.length > 0}
        title="This file cannot be imported"
      >
        <ul className="flex max-h-80 flex-col gap-1 overflow-y-auto text-sm">
          {problems.slice(0, 50).map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code className="break-all font-mono text-xs">{path}</code>: {message}
            </li>
          ))}
        </ul>
        <a className="text-accent-ink text-sm underline-offset-4 hover:underline" href="/api/catalog/schema">
          JSON Schema of the file
        </a>
      </Dialog>
      {found ? (
        <PublishDialog
          basedOn={found.preview.basedOn}
          changes={found.preview.changes}
          conflicts={found.preview.conflicts}
          draft={found.draft}
          onOpenChange={(open) => {
            if (!open) setFound(null);
          }}
          onPublished={() => setFound(null)}
          open
          problems={found.preview.problems}
          reach={found.preview.reach}
        />
      ) : null}
    </>
  );
}

async function readFile(file: File): Promise<CatalogDraft | Problem[]> {
  if (file.size > catalogBytesMax) return [{ path: file.name, message: "It is larger than 4 MB." }];
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch {
    return [{ path: file.name, message: "It is no JSON." }];
  }
  const parsed = catalogFileSchema.safeParse(json);
  if (parsed.success) return { kind: "import", catalog: parsed.data.catalog };
  return parsed.error.issues.map(({ path, message }) => ({ path: path.join(".") || file.name, message }));
}

function problemsOf(error: Error): Problem[] {
  const fields = error instanceof ProblemError ? (error.problem.fields ?? []) : [];
  if (fields.length === 0) return [{ path: "file", message: error.message }];
  return fields.map(({ field, message }) => ({ path: field, message }));
}
