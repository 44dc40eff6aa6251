import { z } from "zod";
import { type AlertKind, chosenKinds, defaultKinds } from "../core/alerts/alert-kinds.ts";
import type { DeliveryOutcome } from "../core/alerts/delivery-outcome.ts";
import { receiverProblem } from "../core/alerts/receiver-url.ts";
import { isCountryCode } from "../core/regions/is-country-code.ts";
import { type Severity, severities } from "./findings.ts";
import { tenantName } from "./tenants.ts";
import { line } from "./text.ts";

export const alertChannels = ["webhook", "email"] as const;
export type AlertChannel = (typeof alertChannels)[number];

const name = line.trim().min(1, "Give it a name.").max(60);
const country = line
  .trim()
  .toUpperCase()
  .refine(isCountryCode, "A country, in two letters, such as DE or GB.");
const minSeverity = z.enum(severities);
const kinds = z
  .array(z.enum(chosenKinds))
  .min(1, "Choose at least one.")
  .transform((given) => chosenKinds.filter((kind) => given.includes(kind)));
const url = line
  .trim()
  .max(2_000)
  .superRefine((text, context) => {
    const parsed = URL.parse(text);
    const problem =
      parsed === null ? "An address such as https://receiver.example.com/alerts." : receiverProblem(parsed);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .transform((text) => URL.parse(text)?.href ?? text);
const mailAddress = line
  .trim()
  .max(254)
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/, "One mail address such as alerts@example.com.");

const told = { name, country, minSeverity, kinds };

/** A new destination. `country`: where the receiver keeps what it is told, as whoever adds it declares. */
export const createDestinationInput = z.discriminatedUnion("kind", [
  z.object({
    tenant: tenantName,
    kind: z.literal("webhook"),
    address: url,
    ...told,
    minSeverity: minSeverity.default("medium"),
    kinds: kinds.default([...defaultKinds]),
  }),
  z.object({
    tenant: tenantName,
    kind: z.literal("email"),
    address: mailAddress,
    ...told,
    minSeverity: minSeverity.default("medium"),
    kinds: kinds.default([...defaultKinds]),
  }),
]);
export type CreateDestinationInput = z.infer<typeof createDestinationInput>;

/** What of it changes. `address` null: it stays; it is checked by the kind that the destination has. */
export const changeDestinationInput = z.object({
  tenant: tenantName,
  ...told,
  address: line.trim().max(2_000).nullable(),
});
export type ChangeDestinationInput = z.infer<typeof changeDestinationInput>;

/** An address of a kind, as it is kept. */
export const addressOf: Readonly<Record<AlertChannel, z.ZodType<string>>> = {
  webhook: url,
  email: mailAddress,
};

/** Another secret. `overlapHours`: for so long the one before signs beside it; 0: it signs nothing any more. */
export const rotateSecretInput = z.object({
  tenant: tenantName,
  overlapHours: z.union([z.literal(0), z.literal(24)]),
});
export type RotateSecretInput = z.infer<typeof rotateSecretInput>;

/** `never`: nothing was sent there yet. */
export type DestinationState = "never" | "delivering" | "failing" | "paused";

export type DestinationSummary = {
  readonly id: string;
  readonly kind: AlertChannel;
  readonly name: string;
  /** Without what stands behind a question mark. */
  readonly address: string;
  /** As declared by whoever made it; nobody verified it. */
  readonly country: string;
  readonly madeBy: string;
  readonly createdAt: string;
  readonly minSeverity: Severity;
  readonly kinds: readonly AlertKind[];
  readonly state: DestinationState;
  /** Paused or failing since. */
  readonly since: string | null;
  readonly lastAttemptAt: string | null;
  readonly lastDeliveredAt: string | null;
  readonly lastOutcome: DeliveryOutcome | null;
  /** Messages that wait for an attempt. */
  readonly waiting: number;
  /** When the secret in use was made; null for mail. */
  readonly secretSince: string | null;
  /** Until when one from before signs as well. */
  readonly oldSecretUntil: string | null;
};

/** Where a tenant's alerts go. */
export type AlertBook = {
  readonly tenant: {
    readonly slug: string;
    readonly name: string;
    readonly mode: "live" | "simulated";
    readonly role: string;
  };
  /** Whether the operator has set up mail. */
  readonly mail: boolean;
  /** Until when it was looked for what is to be told; null: not since there was anybody to tell. */
  readonly lookedTo: string | null;
  /** Nobody has looked for minutes: nothing is told meanwhile. */
  readonly isLate: boolean;
  readonly destinations: readonly DestinationSummary[];
};

/** Search of `/api/alerts/failing`. */
export const failingSearch = z.object({
  /** Absent: every tenant of the reader's. */
  tenant: tenantName.optional(),
});
export type FailingSearch = z.infer<typeof failingSearch>;

/** A destination that has taken nothing for an hour. */
export type FailingDestination = {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
  /** When the first attempt failed after which none succeeded. */
  readonly since: string;
  readonly lastOutcome: DeliveryOutcome | null;
};

/** `secret` is in this answer and in no other; null for mail. */
export type CreatedDestination = { readonly id: string; readonly secret: string | null };
export type NewSecret = { readonly secret: string };
export type SentTest = { readonly deliveryId: string };

export const deliveryStates = ["all", "waiting", "delivered", "given_up"] as const;
export const deliverySearch = z.object({
  tenant: tenantName,
  state: z.enum(deliveryStates).default("all"),
  cursor: line.max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeliverySearch = z.infer<typeof deliverySearch>;

export type DeliverySummary = {
  readonly id: string;
  readonly destination: { readonly id: string; readonly name: string; readonly kind: AlertChannel };
  readonly kind: AlertKind;
  readonly title: string;
  readonly severity: Severity;
  readonly happenedAt: string;
  readonly noticedAt: string;
  readonly count: number;
  /** Path of the page it is about. */
  readonly page: string;
  readonly state: "waiting" | "delivered" | "given_up";
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly lastAttemptAt: string | null;
  readonly outcome: DeliveryOutcome | null;
  readonly answerStatus: number | null;
  /** Of `delivered` and `given_up`. */
  readonly endedAt: string | null;
};

export type DeliveryPage = { readonly items: readonly DeliverySummary[]; readonly nextCursor: string | null };
