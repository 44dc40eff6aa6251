import Link from "next/link";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import type { Lineage } from "../../lib/contracts/resources.ts";
import { cn } from "../ui/cn.ts";
import { formatNoun } from "../ui/format-number.ts";
import { RegionMark } from "../ui/region-mark.tsx";
import { shortenMiddle } from "../ui/shorten-middle.ts";
import { ElsewhereBadge } from "./elsewhere-badge.tsx";
import { kindWord } from "./kind-words.ts";
import { lineageLayers, type PlacedNode } from "./lineage-layers.ts";
import { stateWord } from "./state-words.ts";

export type LineageGraphProps = {
  lineage: Lineage;
  /** The object that the lineage is of. */
  here: { readonly kind: string; readonly id: string };
  hrefOf: (node: { readonly kind: string; readonly id: string }) => string;
};

/** Side by side in a layer; what is more is named as a number. */
const besideMax = 3;

/**
 * Where an object comes from and what came of it, oldest above. The lines are drawn; what they say stands in each
 * node's own words, for those who do not see them.
 */
export function LineageGraph({ lineage, here, hrefOf }: LineageGraphProps) {
  const layers = lineageLayers(lineage).map((layer) => {
    const own = layer.findIndex(({ kind, id }) => kind === here.kind && id === here.id);
    const ordered = own > 0 ? [layer[own] as PlacedNode, ...layer.filter((_, at) => at !== own)] : layer;
    return { shown: ordered.slice(0, besideMax), left: Math.max(0, ordered.length - besideMax) };
  });
  return (
    <ol className="flex flex-col">
      {layers.map(({ shown, left }, depth) => (
        <li key={shown[0]?.no}>
          {depth === 0 ? null : (
            <Lines above={layers[depth - 1]?.shown ?? []} below={shown} steps={lineage.steps} />
          )}
          <ul
            className="grid items-stretch gap-2"
            style={{ gridTemplateColumns: `repeat(${shown.length}, minmax(0, 1fr))` }}
          >
            {shown.map((node) => (
              <li key={node.no}>
                <Node
                  href={hrefOf(node)}
                  isHere={node.kind === here.kind && node.id === here.id}
                  madeFrom={lineage.steps
                    .filter(({ to }) => to === node.no)
                    .flatMap(({ from }) => lineage.nodes[from] ?? [])}
                  node={node}
                />
              </li>
            ))}
          </ul>
          {left === 0 ? null : (
            <p className="pt-1 text-faint text-xs">and {formatNoun(left, "object")} more</p>
          )}
        </li>
      ))}
    </ol>
  );
}

type NodeProps = {
  node: PlacedNode;
  isHere: boolean;
  href: string;
  madeFrom: readonly { readonly kind: string; readonly id: string }[];
};

function Node({ node, isHere, href, madeFrom }: NodeProps) {
  const { kind, id, born, isElsewhere, status, isDeleted, uses } = node;
  return (
    <div
      className={cn(
        "flex h-full min-w-0 flex-col gap-1 rounded-md border bg-surface px-2.5 py-2 text-sm",
        isHere ? "border-accent bg-accent-tint" : "border-line-strong",
      )}
    >
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        <span className="font-medium">{kindWord(kind)}</span>
        <RegionMark code={born} />
        {isElsewhere ? <ElsewhereBadge /> : null}
      </div>
      {isHere ? (
        <span aria-current="true" className="truncate font-mono text-xs" title={id}>
          {shortenMiddle(id, 30)}
        </span>
      ) : (
        <Link
          className="truncate font-mono text-accent-ink text-xs underline-offset-4 hover:underline"
          href={href}
          scroll={false}
          title={id}
        >
          {shortenMiddle(id, 30)}
        </Link>
      )}
      <span className="text-muted text-xs">
        {isDeleted ? "Deleted" : status === null ? null : stateWord(status)}
        {status !== null || isDeleted ? (uses > 0 ? " · " : "") : ""}
        {uses === 0 ? null : kind === "model" ? (
          <Link
            className="text-accent-ink underline-offset-4 hover:underline"
            href={callsHref({ range: "30d", model: [id] })}
          >
            {formatNoun(uses, "call")} used it
          </Link>
        ) : (
          `${formatNoun(uses, "call")} used it`
        )}
      </span>
      {madeFrom.length === 0 ? null : (
        <span className="sr-only">
          Made from {madeFrom.map((source) => `${kindWord(source.kind)} ${source.id}`).join(", ")}
        </span>
      )}
    </div>
  );
}

type LinesProps = {
  above: readonly PlacedNode[];
  below: readonly PlacedNode[];
  steps: Lineage["steps"];
};

/** From the middle of each node above to the middle of each it led to. Nodes of a layer are equally wide. */
function Lines({ above, below, steps }: LinesProps) {
  const middle = (at: number, of: number) => ((at + 0.5) / of) * 100;
  const drawn = steps.flatMap(({ from, to }) => {
    const start = above.findIndex(({ no }) => no === from);
    const end = below.findIndex(({ no }) => no === to);
    if (start === -1 || end === -1) return [];
    return [{ key: `${from}-${to}`, x1: middle(start, above.length), x2: middle(end, below.length) }];
  });
  return (
    <svg
      aria-hidden="true"
      className="block h-7 w-full overflow-visible stroke-line-strong"
      fill="none"
      preserveAspectRatio="none"
      viewBox="0 0 100 28"
    >
      {drawn.map(({ key, x1, x2 }) => (
        <path
          d={`M ${x1} 0 C ${x1} 14, ${x2} 14, ${x2} 28`}
          key={key}
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
