/** Says beneath a control why it cannot be used, for its `aria-describedby`. `null`: it can, and nothing is said. */
export function ForbiddenReason({ id, reason }: { id: string; reason: string | null }) {
  return reason === null ? null : (
    <p className="text-muted text-sm" id={id}>
      {reason}
    </p>
  );
}
