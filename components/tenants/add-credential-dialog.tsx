"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { AddCredentialForm } from "./add-credential-form.tsx";

export type AddCredentialDialogProps = { tenant: TenantDetail; disabledBy: string | null };

/** Keeps a provider's key. The field is never filled again with what was typed. */
export function AddCredentialDialog({ tenant, disabledBy }: AddCredentialDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="Encrypted before it is stored and never shown again."
      onOpenChange={setOpen}
      open={open}
      title="Add provider key"
      trigger={
        <Button aria-describedby={disabledBy ?? undefined} disabled={disabledBy !== null} size="sm">
          <Plus aria-hidden="true" />
          Add provider key
        </Button>
      }
    >
      <AddCredentialForm onDone={() => setOpen(false)} tenant={tenant} />
    </Dialog>
  );
}
