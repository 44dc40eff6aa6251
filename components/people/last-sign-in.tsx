import { Time } from "../ui/time.tsx";

/** When somebody signed in last; null: never, as far as is known. */
export function LastSignIn({ at }: { at: string | null }) {
  return at === null ? <span className="text-faint">Never</span> : <Time at={at} className="text-muted" />;
}
