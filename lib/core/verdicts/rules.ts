/** Sources of the rules behind reasons. */
export const residencyGuide = {
  title: "OpenAI, Data residency guide (read 2026-11-22)",
  url: "https://developers.openai.com/api/docs/guides/data-residency",
} as const;

export const dataGuide = {
  title: "OpenAI, Your data guide (copy of 2026-09-24)",
  url: "https://developers.openai.com/api/docs/guides/your-data",
} as const;

export const tenantPolicy = { title: "The tenant's policy in force when the call began", url: null } as const;

export const evidenceRule = {
  title: "Domicile, evidence grades: what each says and does not say",
  url: null,
} as const;
