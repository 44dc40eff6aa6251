import { formatDuration, formatInstant } from "../ui/format-time.ts";

export type AgeProps = {
  at: string;
  /** When the page's data was read: ages count from there, on the server and in the browser alike. */
  now: string;
  className?: string;
};

/** How long ago an instant was, the instant itself in the title. */
export function Age({ at, now, className }: AgeProps) {
  const ms = Date.parse(now) - Date.parse(at);
  return (
    <time className={className} dateTime={at} title={formatInstant(at, "second")}>
      {ms < 1_000 ? "just now" : `${inOneUnit(ms)} ago`}
    </time>
  );
}

/** `3 d`, not `3 d 4 h`: an age in a list is looked at, not reckoned with. */
function inOneUnit(ms: number): string {
  return formatDuration(ms).split(" ").slice(0, 2).join(" ");
}
