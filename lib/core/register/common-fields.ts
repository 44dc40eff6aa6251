import type { RegisterField } from "./register-field.ts";

type Over = Partial<Pick<RegisterField, "label" | "hint" | "needed">>;

/** Fields that several kinds have, under one key each. */
export const counterparty = (over: Over = {}): RegisterField => ({
  key: "counterparty",
  label: "Counterparty",
  hint: "Legal name of the other side, as the contract has it.",
  type: "line",
  needed: true,
  ...over,
});

export const reference = (over: Over = {}): RegisterField => ({
  key: "reference",
  label: "Reference",
  hint: "Number or title under which your organisation finds it.",
  type: "line",
  needed: true,
  ...over,
});

export const signedOn = (over: Over = {}): RegisterField => ({
  key: "signedOn",
  label: "Signed on",
  type: "day",
  needed: true,
  ...over,
});

/** From, to, and when somebody looks at it again. */
export const validity = (review: Over = {}): readonly RegisterField[] => [
  { key: "validFrom", label: "Valid from", hint: "Empty: from the day it was signed.", type: "day" },
  { key: "validTo", label: "Valid to", hint: "Empty: until it is ended.", type: "day" },
  reviewDue(review),
];

export const reviewDue = (over: Over = {}): RegisterField => ({
  key: "reviewDue",
  label: "Review due",
  type: "day",
  needed: true,
  ...over,
});

export const responsible = (over: Over = {}): RegisterField => ({
  key: "responsible",
  label: "Responsible person",
  hint: "Who answers for it, by name and role. Reports print it.",
  type: "line",
  needed: true,
  ...over,
});

export const yesOrNo = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
] as const;
