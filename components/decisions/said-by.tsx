import { Time } from "../ui/time.tsx";

export type SaidByProps = { by: string; at: string; note?: string | null };

/** Who asked or decided, when, and what was noted. */
export function SaidBy({ by, at, note = null }: SaidByProps) {
  return (
    <>
      {by}, <Time at={at} />
      {note === null ? "" : `: ${note}`}
    </>
  );
}
