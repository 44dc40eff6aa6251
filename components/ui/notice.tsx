import { CircleQuestionMark, Info, type LucideIcon, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

type Tone = "plain" | "doubt" | "outside" | "stopped";

const tones: Readonly<Record<Tone, { icon: LucideIcon; box: string; ink: string }>> = {
  plain: { icon: Info, box: "border-line bg-sunken text-muted", ink: "text-faint" },
  doubt: {
    icon: CircleQuestionMark,
    box: "border-transparent bg-unverifiable-tint text-ink",
    ink: "text-unverifiable-ink",
  },
  outside: {
    icon: TriangleAlert,
    box: "border-transparent bg-outside-tint text-ink",
    ink: "text-outside-ink",
  },
  stopped: { icon: OctagonX, box: "border-transparent bg-stopped-tint text-ink", ink: "text-stopped-ink" },
};

export type NoticeProps = {
  /** The colour of the verdict it foretells; `plain` foretells none. */
  tone?: Tone;
  /** True where it appears in answer to what the reader does. */
  live?: boolean;
  action?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** A remark beside what it is about: what will happen, or what to know before it does. */
export function Notice({ tone = "plain", live = false, action, className, children }: NoticeProps) {
  const { icon: Icon, box, ink } = tones[tone];
  return (
    <div
      className={cn("flex items-start gap-2 rounded-md border px-3 py-2 text-sm", box, className)}
      role={live ? "status" : undefined}
    >
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", ink)} />
      <div className="min-w-0 flex-1 break-words">
        {children}
        {action ? <div className="mt-2">{action}</div> : null}
      </div>
    </div>
  );
}
