/**
 * Evidence that is looked at by itself, or taken along as a small file, and calls that a person sends from a page. What of these
 * somebody does in one minute becomes one entry. Lists, charts and
 * settings are no looks at evidence: most ask again by themselves while they stand open, and would fill the log.
 */
export const viewedKinds = {
  call: { event: "evidence.viewed", noun: "call" },
  finding: { event: "evidence.viewed", noun: "finding" },
  proof_file: { event: "evidence.exported", noun: "proof of a call, as a file" },
  consistency_file: { event: "evidence.exported", noun: "consistency proof" },
  checkpoint_note: { event: "evidence.exported", noun: "checkpoint" },
  trust_root: { event: "evidence.exported", noun: "trust root" },
  /** Its object is the token's id, which the gateway records as the client's request id of the call. */
  playground_call: { event: "playground_call.allowed", noun: "call from a page" },
} as const satisfies Record<
  string,
  {
    readonly event: "evidence.viewed" | "evidence.exported" | "playground_call.allowed";
    readonly noun: string;
  }
>;
export type Viewed = keyof typeof viewedKinds;

/** Data that leaves in bulk. Each is an entry of its own, with its filter and its size. */
export const exportedKinds = {
  calls: "calls",
  usage: "usage",
  latency: "latencies",
  findings: "findings",
  resources: "stored objects",
  applications: "applications",
  trail: "the audit trail",
} as const satisfies Record<string, string>;
export type Exported = keyof typeof exportedKinds;
