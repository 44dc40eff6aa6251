/** The steps of a connectivity test, in their order. */
export const connectivitySteps = ["dns", "tcp", "tls", "key", "models", "completion"] as const;
export type ConnectivityStep = (typeof connectivitySteps)[number];

export const stepNames: Readonly<Record<ConnectivityStep, string>> = {
  dns: "Name (DNS)",
  tcp: "Connection (TCP)",
  tls: "Encryption (TLS)",
  key: "Key",
  models: "List of models",
  completion: "One completion",
};

/** `doubt`: it works, and something about it should be looked at. */
export type StepState = "ok" | "doubt" | "failed" | "skipped";

export type ExplainedStep = {
  readonly step: ConnectivityStep;
  readonly state: StepState;
  /** null where it was not reached. */
  readonly ms: number | null;
  /** What happened, in one sentence. */
  readonly sentence: string;
  /** What to do about it; null where nothing is to be done. */
  readonly remedy: string | null;
  /** The provider's or the gateway's code, as sent; null where there was none. */
  readonly code: string | null;
};

export function skippedStep(step: ConnectivityStep): ExplainedStep {
  return {
    step,
    state: "skipped",
    ms: null,
    sentence: "Not tried, because a step before it failed.",
    remedy: null,
    code: null,
  };
}
