/**
 * Evidence that is looked at by itself, or taken along as a small file. Looks of one minute become one entry. Lists, charts and
 * settings are no looks at evidence: most ask again by themselves while they stand open, and would fill the log.
 */
export const viewedKinds = {
  call: { act: "viewed", noun: "call" },
  finding: { act: "viewed", noun: "finding" },
  proof_file: { act: "exported", noun: "proof of a call, as a file" },
  consistency_file: { act: "exported", noun: "consistency proof" },
  checkpoint_note: { act: "exported", noun: "checkpoint" },
  trust_root: { act: "exported", noun: "trust root" },
} as const satisfies Record<string, { readonly act: "viewed" | "exported"; readonly noun: string }>;
export type Viewed = keyof typeof viewedKinds;

/** Data that leaves in bulk. Each is an entry of its own, with its filter and its size. */
export const exportedKinds = {
  calls: "calls",
  usage: "usage",
  latency: "latencies",
  findings: "findings",
  resources: "stored objects",
  applications: "applications",
} as const satisfies Record<string, string>;
export type Exported = keyof typeof exportedKinds;
