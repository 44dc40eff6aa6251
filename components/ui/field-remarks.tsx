import type { ReactNode } from "react";

type Remarks = { readonly hint?: ReactNode; readonly error?: string | null | undefined };

/** Which elements of `FieldRemarks` with the same id describe a control. */
export function remarkIds(id: string, { hint, error }: Remarks): string | undefined {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}

/** What stands beneath a control: a hint, and what is wrong with it. */
export function FieldRemarks({ id, hint, error }: Remarks & { id: string }) {
  return (
    <>
      {hint ? (
        <p className="text-faint text-xs" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className="text-outside-ink text-xs" id={`${id}-error`} role="alert">
          {error}
        </p>
      ) : null}
    </>
  );
}
