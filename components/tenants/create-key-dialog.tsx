"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import type { CreatedKey, TenantDetail } from "../../lib/contracts/tenants.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { CreateKeyForm } from "./create-key-form.tsx";
import { ShownOnceKey } from "./shown-once-key.tsx";

export type CreateKeyDialogProps = {
  tenant: TenantDetail;
  gatewayUrl: string;
  /** Id of the text that says why it is disabled; null: it is not. */
  disabledBy: string | null;
};

/** Makes a key and shows it this once; while it is shown, only its own button closes the dialog. */
export function CreateKeyDialog({ tenant, gatewayUrl, disabledBy }: CreateKeyDialogProps) {
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const close = () => {
    setOpen(false);
    setCreated(null);
  };
  return (
    <Dialog
      className={created ? "max-w-2xl" : undefined}
      description={
        created
          ? "It is shown this once. What is kept is a keyed hash, from which nobody can recover it."
          : "An application sends it in place of an OpenAI key."
      }
      keepOpen={created !== null}
      onOpenChange={(next) => (next ? setOpen(true) : close())}
      open={open}
      title={created ? `Copy the key ${created.key.name}` : "Create key"}
      trigger={
        <Button aria-describedby={disabledBy ?? undefined} disabled={disabledBy !== null} size="sm">
          <Plus aria-hidden="true" />
          Create key
        </Button>
      }
    >
      {created ? (
        <ShownOnceKey created={created} gatewayUrl={gatewayUrl} onDone={close} />
      ) : (
        <CreateKeyForm onCreated={setCreated} tenant={tenant} />
      )}
    </Dialog>
  );
}
