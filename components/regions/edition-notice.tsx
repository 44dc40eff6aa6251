"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { previewCatalog } from "../../lib/client/catalog.ts";
import type { CatalogPage, CatalogPreview } from "../../lib/contracts/catalog.ts";
import { Button } from "../ui/button.tsx";
import { formatDay } from "../ui/format-day.ts";
import { Notice } from "../ui/notice.tsx";
import { PublishDialog } from "./publish-dialog.tsx";

/** A newer table came with the program: what it would change, and its adoption. */
export function EditionNotice({
  offer,
  mayEdit,
}: {
  offer: NonNullable<CatalogPage["offer"]>;
  mayEdit: boolean;
}) {
  const preview = useMutation(previewCatalog());
  const [found, setFound] = useState<CatalogPreview | null>(null);
  return (
    <Notice
      action={
        mayEdit ? (
          <Button
            aria-busy={preview.isPending}
            disabled={preview.isPending}
            onClick={() => preview.mutate({ kind: "edition" }, { onSuccess: setFound })}
            size="sm"
          >
            {preview.isPending ? "Comparing" : "See what it changes"}
          </Button>
        ) : null
      }
      tone="doubt"
    >
      A newer table came with the program (edition {offer.edition}, as of {formatDay(offer.asOf)}). Calls are
      judged by what is published here until an administrator of the deployment adopts it; what was added here
      stays.
      {preview.error ? <p className="pt-1 text-outside-ink">{preview.error.message}</p> : null}
      {found ? (
        <PublishDialog
          basedOn={found.basedOn}
          changes={found.changes}
          conflicts={found.conflicts}
          draft={{ kind: "edition" }}
          onOpenChange={(open) => {
            if (!open) setFound(null);
          }}
          onPublished={() => setFound(null)}
          open
          problems={found.problems}
          reach={found.reach}
        />
      ) : null}
    </Notice>
  );
}
