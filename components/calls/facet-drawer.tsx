"use client";

import { ListFilter } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";

/** The facets on a narrow screen, behind a button. */
export function FacetDrawer({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button className="xl:hidden" onClick={() => setOpen(true)} size="sm">
        <ListFilter aria-hidden="true" />
        Filter
      </Button>
      <Sheet className="max-w-80" onOpenChange={setOpen} open={open} side="left" title="Filter calls">
        <div className="p-3">{children}</div>
      </Sheet>
    </>
  );
}
