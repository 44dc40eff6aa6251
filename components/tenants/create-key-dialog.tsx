"use client";

import { Plus } from "lucide-react";
import type { CreatedKey, TenantDetail } from "../../lib/contracts/tenants.ts";
import { Button } from "../ui/button.tsx";
import { ShownOnceDialog } from "../ui/shown-once-dialog.tsx";
import { CreateKeyForm } from "./create-key-form.tsx";
import { shownKey } from "./shown-once-key.tsx";

export type CreateKeyDialogProps = {
  tenant: TenantDetail;
  gatewayUrl: string;
  /** Id of the text that says why it is disabled; null: it is not. */
  disabledBy: string | null;
};

/** Makes a key and shows it this once. */
export function CreateKeyDialog({ tenant, gatewayUrl, disabledBy }: CreateKeyDialogProps) {
  return (
    <ShownOnceDialog<CreatedKey>
      description="An application sends it in place of an OpenAI key."
      form={({ onMade }) => <CreateKeyForm onCreated={onMade} tenant={tenant} />}
      shown={shownKey(gatewayUrl, "What is kept is a keyed hash, from which nobody can recover it.")}
      title="Create key"
      trigger={
        <Button aria-describedby={disabledBy ?? undefined} disabled={disabledBy !== null} size="sm">
          <Plus aria-hidden="true" />
          Create key
        </Button>
      }
    />
  );
}
