import type { Severity } from "../findings/severity.ts";

/** What may be told of a thing that happened. Nothing a person typed, nobody's name, no content, no secret. */
export type AlertFact =
  | "finding"
  | "cause"
  | "host"
  | "model"
  | "basis"
  | "due"
  | "exception"
  | "until"
  | "why"
  | "policy"
  | "request"
  | "period"
  | "problem"
  | "records"
  | "log"
  | "key";

export type AlertKindFacts = {
  readonly title: string;
  /** What it means for an officer, and what to do. */
  readonly sentence: string;
  /** Null: that of the finding it speaks of. */
  readonly severity: Severity | null;
  /** Chosen for a new destination, unless somebody chooses otherwise. */
  readonly isDefault: boolean;
  /** All that its message may carry, beside tenant, time, severity and a page's address. */
  readonly carries: readonly AlertFact[];
};

const ofFinding: readonly AlertFact[] = ["finding", "cause", "host", "model", "basis"];

/** The closed set of what is told. A kind's id never changes its meaning; new ones may be added. */
const kinds = {
  finding_opened: {
    title: "Finding opened",
    sentence: "Something was found that needs a person: open the finding for what it means and what to do.",
    severity: null,
    isDefault: true,
    carries: ofFinding,
  },
  finding_reopened: {
    title: "Finding opened again",
    sentence: "It had been resolved, and the same cause showed again after that.",
    severity: null,
    isDefault: true,
    carries: ofFinding,
  },
  finding_overdue: {
    title: "Finding past its due day",
    sentence: "The day until which it was to be done has passed, and it is still open.",
    severity: null,
    isDefault: true,
    carries: [...ofFinding, "due"],
  },
  exception_ending: {
    title: "Exception about to end",
    sentence:
      "What was accepted is open again from its day on. Fix the cause until then, or ask for another exception.",
    severity: "medium",
    isDefault: true,
    carries: ["finding", "exception", "until"],
  },
  exception_ended: {
    title: "Exception ended",
    sentence: "What it accepted is accepted no more: the finding is open again.",
    severity: "medium",
    isDefault: true,
    carries: ["finding", "exception", "why"],
  },
  exception_stale: {
    title: "Exception is stale",
    sentence: "It was accepted under another version of the policy than the one in force. Look at it again.",
    severity: "medium",
    isDefault: true,
    carries: ["finding", "exception", "policy"],
  },
  observe_ending: {
    title: "Observing is about to end",
    sentence: "The policy observes today. When that ends it stops calls outside policy.",
    severity: null,
    isDefault: true,
    carries: ["finding", "cause", "basis"],
  },
  evidence_gap: {
    title: "Evidence is missing",
    sentence: "A call has no end in the record, so what became of it is not known.",
    severity: null,
    isDefault: true,
    carries: ofFinding,
  },
  log_frozen: {
    title: "Record frozen",
    sentence: "The signer found that the record is not what it signed before, and signs no more of it.",
    severity: "critical",
    isDefault: true,
    carries: ["finding", "cause"],
  },
  check_failed: {
    title: "Full check failed",
    sentence: "A full check compared the record with what was signed and found a difference.",
    severity: "critical",
    isDefault: true,
    carries: ["log"],
  },
  decision_waiting: {
    title: "A decision waits for a second person",
    sentence: "Somebody asked for it, and somebody else has to approve or reject it before it lapses.",
    severity: "medium",
    isDefault: true,
    carries: ["request", "until", "finding"],
  },
  report_ready: {
    title: "Report ready",
    sentence: "A report pack was built and can be downloaded.",
    severity: "low",
    isDefault: false,
    carries: ["period"],
  },
  report_failed: {
    title: "Report failed",
    sentence: "A report pack could not be built. The reports page says why.",
    severity: "medium",
    isDefault: true,
    carries: ["period", "problem"],
  },
  import_incomplete: {
    title: "Import incomplete",
    sentence: "A file of calls was not recorded as a whole: some of its records were refused.",
    severity: "medium",
    isDefault: true,
    carries: ["records"],
  },
  key_ending: {
    title: "Gateway key about to end",
    sentence: "Calls that present it are refused from then on. Replace it where it is used.",
    severity: "medium",
    isDefault: true,
    carries: ["key", "until"],
  },
  test: {
    title: "Test",
    sentence: "Somebody asked for this on the alerts page. Nothing happened.",
    severity: "low",
    isDefault: false,
    carries: [],
  },
} as const satisfies Readonly<Record<string, AlertKindFacts>>;

export type AlertKind = keyof typeof kinds;

export const alertKinds: Readonly<Record<AlertKind, AlertKindFacts>> = kinds;

/** Those a destination may ask for; a test goes to the one it was asked for. */
export const chosenKinds: readonly AlertKind[] = (Object.keys(kinds) as AlertKind[]).filter(
  (kind) => kind !== "test",
);

/** What a new destination is told. */
export const defaultKinds: readonly AlertKind[] = chosenKinds.filter((kind) => kinds[kind].isDefault);
