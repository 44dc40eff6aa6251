"use client";

import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { DialogActions } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import type { ShownFace } from "../ui/shown-once-dialog.tsx";

export type NewLogin = { readonly email: string; readonly password: string };

/** How a dialog shows a new password, for whoever has it made to pass on. */
export function shownPassword(login: NewLogin, onDone: () => void): ShownFace {
  return {
    title: "Copy the password",
    description: "It is shown this once. What is kept is a hash, from which nobody can recover it.",
    content: <ShownOncePassword {...login} onDone={onDone} />,
  };
}

function ShownOncePassword({ email, password, onDone }: NewLogin & { onDone: () => void }) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <h3 className="font-medium text-sm">Password of {email}</h3>
        <CodeBlock code={password} what="password" />
      </div>
      <Notice>
        Pass it on by a way that only this person reads, and ask for it to be changed at once: under Settings,
        Sessions, Your password. You know it until then.
      </Notice>
      <DialogActions>
        <Button look="primary" onClick={onDone}>
          I have passed it on
        </Button>
      </DialogActions>
    </div>
  );
}
