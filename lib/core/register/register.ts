/** What a register holds: statements about the organisation, and the contracts and approvals a report prints. */
export const registerKindIds = [
  "organisation",
  "system_description",
  "processing_agreement",
  "residency_amendment",
  "retention_approval",
  "transfer_mechanism",
  "transfer_assessment",
  "dora_arrangement",
] as const;
export type RegisterKind = (typeof registerKindIds)[number];

/** A file that was hashed where it lay; only its hash came here. `sha256` is hex, lower case. */
export type RegisterDocument = { readonly sha256: string; readonly name: string; readonly bytes: number };

/**
 * One version of an item. Fields are those of its kind (`registerKinds`), filled ones only, each as text: days as
 * `2026-11-28`, countries as ISO 3166-1 codes. It is hashed as `documentText(content)`, and that hash is in the ledger.
 */
export type RegisterContent = {
  readonly v: 1;
  readonly kind: RegisterKind;
  /** `withdrawn`: it stays readable and counts no more. */
  readonly state: "recorded" | "withdrawn";
  readonly fields: Readonly<Record<string, string>>;
  readonly document: RegisterDocument | null;
};

/** An item as a report prints it: its newest version at a moment. */
export type RegisterItem = {
  readonly id: string;
  /** From 1, without gaps. */
  readonly version: number;
  readonly content: RegisterContent;
  /** Of `documentText(content)`, hex; the same in the event of the log. */
  readonly sha256: string;
};
