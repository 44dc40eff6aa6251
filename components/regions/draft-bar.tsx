"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { draftPreviewQuery } from "../../lib/client/catalog.ts";
import type { CatalogDraft } from "../../lib/contracts/catalog.ts";
import { Button } from "../ui/button.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { PublishDialog } from "./publish-dialog.tsx";
import type { CatalogDraftState } from "./use-catalog-draft.ts";

/** How much the draft changes, and what can be done with it. Nothing while it changes nothing. */
export function DraftBar({ basedOn, draft }: { basedOn: number; draft: CatalogDraftState }) {
  const [open, setOpen] = useState(false);
  const wish: CatalogDraft = { kind: "edits", edits: draft.edits };
  // Whom it concerns is asked of the server, which knows the policies; everything else this page knows.
  const preview = useQuery({
    ...draftPreviewQuery(wish, basedOn),
    enabled: open && draft.changes.length > 0,
  });
  if (draft.changes.length === 0) return null;
  return (
    <div
      className="sticky top-2 z-20 flex flex-wrap items-center justify-between gap-2 rounded-md border border-accent-ink bg-accent-tint px-3 py-2 text-sm"
      role="status"
    >
      <p>
        <strong className="font-medium">{formatNoun(draft.changes.length, "change")}</strong> in your draft.
        No call is judged by it before it is published.
      </p>
      <div className="flex gap-2">
        <Button onClick={draft.discard} size="sm">
          Discard
        </Button>
        <Button look="primary" onClick={() => setOpen(true)} size="sm">
          Review and publish
        </Button>
      </div>
      <PublishDialog
        basedOn={basedOn}
        changes={draft.changes}
        draft={wish}
        onOpenChange={setOpen}
        onPublished={draft.discard}
        open={open}
        problems={draft.problems}
        reach={preview.data?.reach ?? []}
      />
    </div>
  );
}
