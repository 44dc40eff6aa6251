import { useId } from "react";
import { Button } from "./button.tsx";
import { ForbiddenReason } from "./forbidden-reason.tsx";

/** What a form ends with where not everybody may send it: the button, and beside it why it cannot be used. */
export function Submit({
  verb,
  isPending,
  forbidden,
}: {
  verb: string;
  isPending: boolean;
  /** null: it may be sent. */
  forbidden: string | null;
}) {
  const reasonId = useId();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        aria-busy={isPending}
        aria-describedby={forbidden === null ? undefined : reasonId}
        disabled={isPending || forbidden !== null}
        look="primary"
        type="submit"
      >
        {verb}
      </Button>
      <ForbiddenReason id={reasonId} reason={forbidden} />
    </div>
  );
}
