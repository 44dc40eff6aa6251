import type { ReportFrame } from "./report-frame.ts";
import type { TallyPart } from "./tally-part.ts";

const notYetSigned =
  "What was recorded of the period after the last checkpoint that is here; no later one was signed yet.";

const everyCall =
  "That every call was recorded. A log cannot show what never reached it; calls past the gateway leave no trace here.";
const everyCallCompared =
  "That every call was recorded. What the provider counted of some projects on settled days was held against the record, under population; calls on other days, with other keys, at other providers, or of kinds that it does not count leave no trace here.";

/** "What this report does not show": what no report can, and what this one cannot for what is missing in it. */
export function notShown(
  frame: ReportFrame,
  part: TallyPart,
  {
    provisional = notYetSigned,
    retrospective = 0,
    isCompared = false,
  }: {
    readonly provisional?: string;
    readonly retrospective?: number;
    /** Days were held against the provider's own count. */
    readonly isCompared?: boolean;
  } = {},
): readonly string[] {
  const { withheld, pruned, erased } = part.absent;
  const filtered = Object.values(frame.filter).some((asked) => asked !== null);
  return [
    isCompared ? everyCallCompared : everyCall,
    "That what the entries say is true. An intact record says nothing about compliance.",
    "Where inference ran. A place stands for what the provider documents for the host that was dialled, with its grade.",
    "What the provider keeps for abuse monitoring, and who may look at it there.",
    "Account, usage and billing data, which are outside residency by the provider's definition.",
    "An opinion. This is a management evidence package; the opinion is the auditor's.",
    ...(frame.status === "provisional" ? [provisional] : []),
    ...(frame.first > 0
      ? [
          "Records lost before the first word of a gateway in this range: whatever that calls recorded is taken to stand before it.",
        ]
      : []),
    ...(retrospective > 0
      ? [
          `That a rule was in force when ${retrospective} of the calls began: they are older than the first policy, and were held against it afterwards.`,
        ]
      : []),
    ...(filtered ? ["Calls that the filter leaves out. They are counted under population."] : []),
    ...(withheld > 0
      ? [`${withheld} entries that are withheld from this pack; only their hashes are here.`]
      : []),
    ...(pruned > 0 ? [`${pruned} entries whose bytes have expired; only their hashes are kept.`] : []),
    ...(erased > 0 ? [`${erased} entries whose bytes were erased; only their hashes are kept.`] : []),
  ];
}
