"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { resourceQuery } from "../../lib/client/resources.ts";
import { objectName, readObjectName } from "../../lib/contracts/resource-parsers.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useMediaQuery } from "../ui/use-media-query.ts";
import { kindWord } from "./kind-words.ts";
import { ResourceCase } from "./resource-case.tsx";
import { objectLinkId } from "./resource-table.tsx";

export type ResourceSheetProps = {
  /** Name of the open object, as the URL has it; null: closed. */
  name: string | null;
  onClose: () => void;
  /** The page's address with another object open. */
  hrefOf: (name: string) => string;
};

const nothing = { tenant: "", kind: "", id: "" };

/** One stored object beside the list. */
export function ResourceSheet({ name, onClose, hrefOf }: ResourceSheetProps) {
  const key = readObjectName(name);
  const object = useQuery({ ...resourceQuery(key ?? nothing), enabled: key !== null });
  // Closing leaves no name; focus goes back to the row that was open last.
  const [lastName, setLastName] = useState(name);
  if (name !== null && name !== lastName) setLastName(name);
  const besideTheList = useMediaQuery("(min-width: 64rem)");
  return (
    <Sheet
      description={key?.tenant ?? ""}
      modal={!besideTheList}
      onCloseAutoFocus={(event) => {
        const link = lastName === null ? null : document.getElementById(objectLinkId(lastName));
        if (link === null) return;
        event.preventDefault();
        link.focus();
      }}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      open={name !== null}
      title={kindWord(key?.kind ?? "Object")}
    >
      {key === null ? (
        <ErrorPanel className="m-4" detail="The address names no object." title="There is nothing to show" />
      ) : object.data ? (
        <ResourceCase
          detail={object.data}
          hrefOf={({ kind, id }) => hrefOf(objectName({ tenant: key.tenant, kind, id }))}
        />
      ) : object.isError ? (
        <ErrorPanel
          className="m-4"
          error={object.error}
          onRetry={() => object.refetch()}
          title="The object could not be read"
        />
      ) : (
        <div aria-busy="true" className="flex flex-col gap-3 p-4">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      )}
    </Sheet>
  );
}
