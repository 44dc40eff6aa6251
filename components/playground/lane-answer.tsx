import type { PlaygroundEnd } from "../../lib/client/playground.ts";
import { cn } from "../ui/cn.ts";
import { formatDuration } from "../ui/format-time.ts";
import { Notice } from "../ui/notice.tsx";
import type { RunState } from "./use-playground-run.ts";

/** The model's words as they come. They are text: nothing in them is ever read as markup. */
export function LaneAnswer({ state }: { state: RunState }) {
  const { phase, text, end } = state;
  const isOpen = phase === "sending" || phase === "streaming";
  return (
    <div className="flex flex-col gap-3">
      <div
        aria-busy={isOpen}
        className={cn(
          "min-h-24 whitespace-pre-wrap break-words rounded-md border bg-paper px-3 py-2 text-base",
          text === "" && "text-faint",
        )}
        data-answer
      >
        {text === "" ? placeholder(state) : text}
        {phase === "streaming" && text !== "" ? (
          <span
            aria-hidden="true"
            className="breathe ml-0.5 inline-block h-4 w-1.5 translate-y-0.5 bg-accent"
          />
        ) : null}
      </div>
      <p aria-live="polite" className="sr-only">
        {isOpen ? "Waiting for the answer" : end ? spoken(end, state) : ""}
      </p>
      {end ? <EndNotice end={end} state={state} /> : null}
    </div>
  );
}

function placeholder({ phase, end }: RunState): string {
  if (phase === "sending") return "Waiting for the gateway…";
  if (phase === "streaming") return "The call is open. Waiting for the first words…";
  if (end?.kind === "answered") return "The provider answered without a word.";
  if (end) return "No answer.";
  return "The answer appears here.";
}

function EndNotice({ end, state }: { end: PlaygroundEnd; state: RunState }) {
  const { totalMs, route } = state;
  if (end.kind === "answered")
    return (
      <p className="text-faint text-xs">
        Answered{totalMs === null ? "" : <> in {formatDuration(totalMs)}</>}. Domicile stores neither prompt
        nor answer.
      </p>
    );
  if (end.kind === "failed")
    return (
      // Plum is for what the gateway stopped: it names the call then, and no host.
      <Notice tone={route?.callId && route.host === null ? "stopped" : "plain"}>
        {end.message}{" "}
        {end.code === null ? null : <code className="font-mono text-muted text-xs">{end.code}</code>}
      </Notice>
    );
  return <Notice tone="doubt">{spoken(end, state)}</Notice>;
}

function spoken(end: PlaygroundEnd, { route }: RunState): string {
  switch (end.kind) {
    case "answered":
      return "Answered";
    case "failed":
      return end.message;
    case "stopped":
      return "You stopped it. The gateway ended the call to the provider; what had left by then was sent, and is recorded.";
    case "cut":
      return route === null
        ? "Domicile did not answer. Whether a call left is not known; one that did will show under Calls."
        : "The answer was cut before the provider said it was done.";
  }
}
