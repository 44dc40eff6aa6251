import type { LogState } from "../../lib/contracts/ledger.ts";
import { Badge } from "../ui/badge.tsx";
import { logWords } from "./log-words.ts";

/** A log's state as icon, colour and word. */
export function LogBadge({ state }: { state: LogState }) {
  const { word, icon: Icon, tone } = logWords[state];
  return (
    <Badge data-state={state} tone={tone}>
      <Icon aria-hidden="true" />
      {word}
    </Badge>
  );
}
