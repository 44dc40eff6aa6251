"use client";

import { type ReactNode, useState } from "react";
import { Dialog } from "./dialog.tsx";

export type ShownOnceDialogProps<Made> = {
  /** What opens it; absent: it is open as long as its owner shows it. */
  trigger?: ReactNode;
  title: string;
  description: string;
  /** What makes it; `onClose` where nothing came of it that is to be shown. */
  form: (ways: { readonly onMade: (made: Made) => void; readonly onClose: () => void }) => ReactNode;
  /** The face that shows what was made, with a button that calls `onDone`. */
  shown: (made: Made, onDone: () => void) => ShownFace;
  onClosed?: () => void;
};

export type ShownFace = {
  readonly title: string;
  readonly description: string;
  readonly content: ReactNode;
  readonly className?: string;
};

/**
 * A form at whose end a secret is shown, this once. While it is, only its own button closes the dialog; closed, nothing here
 * holds it any more.
 */
export function ShownOnceDialog<Made>(props: ShownOnceDialogProps<Made>) {
  const { trigger, title, description, form, shown, onClosed } = props;
  const [open, setOpen] = useState(trigger === undefined);
  const [made, setMade] = useState<Made | null>(null);
  const close = () => {
    setOpen(false);
    setMade(null);
    onClosed?.();
  };
  const face = made === null ? null : shown(made, close);
  return (
    <Dialog
      className={face?.className}
      description={face?.description ?? description}
      keepOpen={face !== null}
      onOpenChange={(next) => (next ? setOpen(true) : close())}
      open={open}
      title={face?.title ?? title}
      trigger={trigger}
    >
      {face ? face.content : form({ onMade: setMade, onClose: close })}
    </Dialog>
  );
}
