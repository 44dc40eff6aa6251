export const retentionPresetIds = ["keep", "six_months", "one_year", "six_years"] as const;
export type RetentionPresetId = (typeof retentionPresetIds)[number];

export type RetentionPreset = {
  readonly title: string;
  /** Whole months, counted from the day of recording; null: nothing expires. */
  readonly months: number | null;
  /** Why somebody keeps records so long. */
  readonly reason: string;
  /** Law or text it rests on, and when we read it. */
  readonly source: string;
};

/**
 * How long records are kept. Read 2026-11-22 (facts by rule and date). None of them is legal advice: a tenant says in its
 * request which one applies to it.
 */
export const retentionPresets: Readonly<Record<RetentionPresetId, RetentionPreset>> = {
  keep: {
    title: "Keep everything",
    months: null,
    reason: "Nothing is deleted. A tenant begins with this, until two people have chosen a period.",
    source: "GDPR Art. 5(1)(e) asks for a limit: this is none.",
  },
  six_months: {
    title: "6 months",
    months: 6,
    reason: "The least for automatic logs of high-risk AI systems, kept by provider and deployer.",
    source: "Regulation (EU) 2024/1689 (AI Act), Art. 19(1) and 26(6): at least six months.",
  },
  one_year: {
    title: "1 year",
    months: 12,
    reason: "Access and processing logs under India's data protection rules; one cycle of a yearly audit.",
    source: "India, DPDP Rules 2025, r. 6(1)(e) and 8(3): at least one year.",
  },
  six_years: {
    title: "6 years",
    months: 72,
    reason: "Documentation of security measures for health data in the United States.",
    source: "45 CFR 164.316(b)(2)(i) (HIPAA): six years. Whether raw logs count is disputed.",
  },
};
