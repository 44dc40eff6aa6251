import type { ReactNode } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { Button } from "./button.tsx";
import { DialogActions, DialogClose } from "./dialog.tsx";
import { Notice } from "./notice.tsx";

export type FormEndProps = {
  /** What went wrong. A problem of the server's that names fields stands beside them, and is not said here again. */
  error: Error | string | null;
  isPending?: boolean;
  verb: string;
  /** The verb while it is being done. */
  doing?: string;
  /** What leads away; absent: the dialog is closed. */
  wayOut?: ReactNode;
};

/** The end of a form: what went wrong as a whole, the way out, the way on. */
export function FormEnd({ error, isPending = false, verb, doing = verb, wayOut }: FormEndProps) {
  const isPlaced = error instanceof ProblemError && (error.problem.fields?.length ?? 0) > 0;
  return (
    <>
      {error && !isPlaced ? (
        <Notice live tone="outside">
          {typeof error === "string" ? error : error.message}
        </Notice>
      ) : null}
      <DialogActions>
        {wayOut ?? (
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
        )}
        <Button aria-busy={isPending} disabled={isPending} look="primary" type="submit">
          {isPending ? doing : verb}
        </Button>
      </DialogActions>
    </>
  );
}
