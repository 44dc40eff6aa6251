"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useId } from "react";
import { refreshResource } from "../../lib/client/resources.ts";
import type { ResourceItem } from "../../lib/contracts/resources.ts";
import { useTenants } from "../layout/tenants.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Button } from "../ui/button.tsx";

/** Has the provider asked about the object now. Who may not sees why; the server refuses them anyway. */
export function RefreshButton({ item }: { item: ResourceItem }) {
  const { tenant, kind, id, birth, canAsk, isWanted, deletedAt } = item;
  const client = useQueryClient();
  const refresh = useMutation(refreshResource(client, { tenant, kind, id }));
  const reasonId = useId();
  const role = useTenants().find(({ slug }) => slug === tenant)?.role ?? "";
  const reason =
    deletedAt !== null
      ? "It is deleted."
      : birth === null
        ? "Where it was made is not recorded, so nobody can be asked."
        : canAsk
          ? permissionReason(role, "resource:refresh")
          : unaskedWords(kind);
  const isAsking = isWanted || refresh.isPending;
  return (
    <div className="flex flex-col gap-1.5">
      <div>
        <Button
          aria-describedby={reason === null ? undefined : reasonId}
          disabled={reason !== null || isAsking}
          onClick={() => refresh.mutate()}
          size="sm"
        >
          <RefreshCw
            aria-hidden="true"
            className={isAsking ? "animate-spin motion-reduce:animate-none" : ""}
          />
          {isAsking ? "Asking the provider" : "Refresh now"}
        </Button>
      </div>
      {reason === null ? null : (
        <p className="text-faint text-xs" id={reasonId}>
          {reason}
        </p>
      )}
      {refresh.isError ? (
        <p className="text-outside-ink text-sm" role="alert">
          {refresh.error.message}
        </p>
      ) : null}
    </div>
  );
}

/** Why nobody asks about objects of a kind. */
function unaskedWords(kind: string): string {
  if (kind === "container") return "To look at a container counts as using it, and would put its end off.";
  if (["response", "chat_completion", "conversation", "item", "thread"].includes(kind))
    return "To look at it would be to read its content, which Domicile never does.";
  return "Objects of this kind have no state that moves.";
}
