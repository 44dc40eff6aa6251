import type { Grade } from "../../lib/core/calls/evidence.ts";
import { cn } from "../ui/cn.ts";
import { gradeWords } from "./evidence-words.ts";

/** The letter of a grade, with what it stands for; "no grade" where nothing was seen. */
export function GradeMark({ grade }: { grade: Grade | null }) {
  return (
    <span
      className={cn(
        "inline-flex size-5 items-center justify-center rounded-sm border font-medium font-mono text-xs",
        grade === null ? "border-line border-dashed text-faint" : "border-line-strong text-ink",
      )}
      title={grade === null ? "No evidence" : gradeWords[grade].source}
    >
      <span aria-hidden="true">{grade ?? "–"}</span>
      <span className="sr-only">
        {grade === null ? "No evidence" : `Grade ${grade}: ${gradeWords[grade].source}`}
      </span>
    </span>
  );
}
