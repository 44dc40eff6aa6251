import type { BatchLineGroup } from "../../lib/core/calls/batch-lines.ts";
import { formatNoun } from "../ui/format-number.ts";

/** What the lines of a batch's file ask for. */
export function BatchLineFacts({ lines }: { lines: readonly BatchLineGroup[] }) {
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {lines.map(({ endpoint, model, count }) => (
        <li key={`${endpoint} ${model}`}>
          {formatNoun(count, "line")}:{" "}
          <span className="font-mono text-xs">
            {endpoint ?? "no known endpoint"} · {model ?? "no known model"}
          </span>
        </li>
      ))}
    </ul>
  );
}
