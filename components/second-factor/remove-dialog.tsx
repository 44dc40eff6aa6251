"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { removeSecondFactor } from "../../lib/client/second-factor.ts";
import { ProofForm } from "../auth/proof-form.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

export type RemoveDialogProps = {
  /** Of the reader. */
  email: string;
  /** Whether he must enrol another one at once. */
  mustHave: boolean;
};

/** Takes the reader's second factor away, for another app or for none. */
export function RemoveDialog({ email, mustHave }: RemoveDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description={
        mustHave
          ? "Its recovery codes are worth nothing from then on. This deployment demands a second factor: you enrol the next one at once."
          : "From then on your password alone signs you in. Its recovery codes are worth nothing any more."
      }
      onOpenChange={setOpen}
      open={open}
      title="Remove your second factor?"
      trigger={<Button size="sm">Remove</Button>}
    >
      <RemoveForm email={email} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function RemoveForm({ email, onDone }: { email: string; onDone: () => void }) {
  return (
    <ProofForm
      asks={["present", "code"]}
      doing="Removing…"
      email={email}
      onDone={onDone}
      prove={removeSecondFactor(useQueryClient())}
      verb="Remove second factor"
    />
  );
}
