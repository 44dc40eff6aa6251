"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog, DialogActions, DialogClose } from "./dialog.tsx";
import { Notice } from "./notice.tsx";

export type ConfirmDialogProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  /** The question, with what it is about in it: "Revoke the key Batch?". */
  title: string;
  /** What it brings about, and that it cannot be undone. */
  children: ReactNode;
  /** The verb on the button: "Revoke key". */
  verb: string;
  /** What the other button says, where "Cancel" is the verb: "Go on building". */
  stay?: string;
  /** Its message is shown where it fails; the dialog then stays. */
  onConfirm: () => Promise<unknown>;
};

/** Asks before what cannot be undone. */
export function ConfirmDialog({
  trigger,
  title,
  children,
  verb,
  stay = "Cancel",
  onConfirm,
}: ConfirmDialogProps) {
  const [open, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = () => {
    setPending(true);
    setProblem(null);
    onConfirm()
      .then(
        () => setOpen(false),
        (error: unknown) =>
          setProblem(error instanceof Error ? error.message : "It did not work. Try again."),
      )
      .finally(() => setPending(false));
  };
  return (
    <Dialog
      description={children}
      onOpenChange={(next) => {
        setOpen(next);
        setProblem(null);
      }}
      open={open}
      title={title}
      trigger={trigger}
    >
      {problem === null ? null : (
        <Notice live tone="outside">
          {problem}
        </Notice>
      )}
      <DialogActions>
        <DialogClose asChild>
          <Button>{stay}</Button>
        </DialogClose>
        <Button aria-busy={isPending} disabled={isPending} look="danger" onClick={confirm}>
          {verb}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
