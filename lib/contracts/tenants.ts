import { z } from "zod";
import { type KeyScope, keyScopes } from "../core/access/key-scopes.ts";
import { isProjectId } from "../core/accounts/account-question.ts";
import { deploymentSkus } from "../core/calls/deployment-facts.ts";
import { dataCategories } from "../core/findings/data-category.ts";
import type { PresetId } from "../core/policies/policy.ts";
import type { Upstream } from "../core/upstreams/upstream.ts";
import type { ApplicationSummary } from "./applications.ts";
import { instant } from "./range.ts";
import { line, prose } from "./text.ts";

export const slug = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/,
    "Lower-case letters, digits and hyphens, 1 to 48 characters.",
  );

/** A tenant as requests name it: slug or id. */
export const tenantName = line.min(1).max(64);
export const tenantInput = z.object({ tenant: tenantName });

export const createTenantInput = z.object({
  name: line.trim().min(1).max(120),
  slug,
  mode: z.enum(["live", "simulated"]),
  preset: line.max(64),
  /** Needed by presets that leave it open; null: the global host. */
  homeRegion: line.max(8).nullable().default(null),
  enforcement: z.enum(["block", "observe"]).default("block"),
  /** Needed by the preset that accepts the global host. */
  acceptance: z
    .object({
      acceptedBy: line.trim().min(3).max(120),
      reason: prose.trim().min(20).max(2000),
      reviewOn: z.iso.date(),
    })
    .nullable()
    .default(null),
});
export type CreateTenantInput = z.infer<typeof createTenantInput>;

export const createKeyInput = z.object({
  name: line.trim().min(1).max(120),
  kind: z.enum(["gateway", "intake"]).default("gateway"),
  application: line.trim().min(1).max(120),
  environment: z.enum(["production", "test"]).default("production"),
  purpose: prose.trim().max(500).default(""),
  dataCategory: z.enum(dataCategories).default("unknown"),
  owner: line.trim().max(120).default(""),
  /** `policy`, or a host of the catalog. */
  target: line.max(253).default("policy"),
  /** Groups of surfaces; null: every one. */
  scopes: z
    .array(z.enum(keyScopes))
    .min(1, "Choose at least one surface.")
    .max(keyScopes.length)
    .nullable()
    .default(null),
  /** The key is refused from then on; null: until it is revoked. */
  expiresAt: instant.nullable().default(null),
  /** Blocks of addresses in CIDR notation; none: from everywhere. */
  allowedFrom: z.array(line.trim().min(1).max(64)).max(50).default([]),
  callsPerMinute: z.number().int().min(1).max(1_000_000).nullable().default(null),
  concurrentCalls: z.number().int().min(1).max(100_000).nullable().default(null),
});
export type CreateKeyInput = z.infer<typeof createKeyInput>;

/** Azure's name of a deployment, or the model that clients ask for. */
const deployment = z.object({
  model: line.trim().min(1).max(64),
  name: line
    .trim()
    .regex(/^(?!\.+$)[A-Za-z0-9_.-]{1,64}$/, "Letters, digits, hyphens, dots and underscores."),
  sku: z.enum(deploymentSkus),
});

const apiVersion = line
  .trim()
  .regex(/^(?:\d{4}-\d{2}-\d{2}(?:-preview)?|preview|latest)$/, "As Azure dates its versions: 2024-10-21.");

/** How requests are put to the hosts of a credential; `Upstream` of the core. */
export const upstreamInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("openai") }),
  z.object({
    kind: z.literal("azure"),
    paths: z.enum(["v1", "deployments"]),
    apiVersion: apiVersion.nullable(),
    deployments: z.array(deployment).max(100),
  }),
  z.object({
    kind: z.literal("custom"),
    basePath: line
      .trim()
      .max(120)
      .regex(/^(?:\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*$/, "A path such as /v1, without a slash at its end."),
    keyHeader: z.enum(["authorization", "api-key"]),
  }),
]);

export const createCredentialInput = z.object({
  label: line.trim().min(1).max(120),
  /** The provider's key. Encrypted before it is stored; never shown again. */
  secret: line.min(8).max(512),
  projectId: line.trim().max(120).nullable().default(null),
  /** Hosts this credential may be sent to, and nowhere else: of the catalog, or one that the policy admits. */
  hosts: z.array(line.max(253)).min(1).max(20),
  upstream: upstreamInput.default({ kind: "openai" }),
});
export type CreateCredentialInput = z.infer<typeof createCredentialInput>;

export const replaceCredentialInput = z.object({
  /** The new key. Encrypted before it is stored; never shown again. */
  secret: line.min(8).max(512),
  /** The new key is of the same project, so that what is known of the project's pin still holds. */
  sameProject: z.boolean(),
});
export type ReplaceCredentialInput = z.infer<typeof replaceCredentialInput>;

export const nameProjectInput = z.object({
  projectId: line
    .trim()
    .refine(isProjectId, "This is no id of a project: letters, digits, _ and -, such as proj_abc."),
});
export type NameProjectInput = z.infer<typeof nameProjectInput>;

export const attestPinInput = z.object({
  credentialId: z.uuid(),
  kind: z.enum(["processing", "storage_only", "global", "unknown"]),
  region: line.max(8).nullable().default(null),
  attestedBy: line.trim().min(3).max(120),
  statement: prose.trim().min(20, "Say how you know, in at least 20 characters.").max(2000),
});
export type AttestPinInput = z.infer<typeof attestPinInput>;

export const probePinInput = z.object({
  credentialId: z.uuid(),
  /** The region the project is thought to be of. */
  region: line.min(1).max(8),
  /** The key is told to another host of the provider: whoever asks has to say that he knows. */
  disclose: z.literal(true, "Say that the key may be told to another host of OpenAI."),
});
export type ProbePinInput = z.infer<typeof probePinInput>;

/** What a probe was answered and what follows. */
export type ProbeOutcome = {
  readonly sentence: string;
  /** False where nothing follows: the pin stays as it was. */
  readonly recorded: boolean;
  readonly answers: readonly {
    readonly host: string;
    readonly status: number | null;
    readonly errorCode: string | null;
  }[];
};

export type TenantSummary = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly mode: "live" | "simulated";
  readonly homeRegion: string | null;
  readonly preset: PresetId | "custom";
  readonly enforcement: "block" | "observe";
  readonly role: string;
  readonly createdAt: string;
};

/** Of which tenant a page is, and what its reader is there. */
export type TenantHead = Pick<TenantSummary, "slug" | "name" | "mode" | "role">;

export type KeySummary = {
  readonly id: string;
  readonly name: string;
  readonly kind: "gateway" | "intake";
  /** First characters, enough to recognise it: `dom_k3f9…`. */
  readonly hint: string;
  readonly application: string;
  readonly target: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly scopes: readonly KeyScope[];
  readonly expiresAt: string | null;
  readonly allowedFrom: readonly string[];
  readonly callsPerMinute: number | null;
  readonly concurrentCalls: number | null;
};

/** A new key like an old one, which ends when its holders have had time to change. */
export const rotateKeyInput = z.object({
  /** How long both are taken. */
  overlapHours: z
    .number()
    .int()
    .min(0)
    .max(24 * 90)
    .default(24),
});
export type RotateKeyInput = z.infer<typeof rotateKeyInput>;

export type PinSummary = {
  readonly kind: "processing" | "storage_only" | "global" | "unknown";
  readonly region: string | null;
  readonly source: "admin_api" | "probe" | "attestation" | "none";
  readonly since: string | null;
  readonly attestedBy: string | null;
  readonly statement: string | null;
  /** Who was signed in when it was stated; `attestedBy` is only a name he wrote. */
  readonly recordedBy: string | null;
  /** What OpenAI's admin API last said of the project, where this later word is another; null where it is not, or said nothing. */
  readonly overrides: (Pick<PinSummary, "kind" | "region"> & { readonly statedAt: string }) | null;
};

export type CredentialSummary = {
  readonly id: string;
  readonly label: string;
  /** Last four characters only. */
  readonly hint: string;
  readonly projectId: string | null;
  readonly hosts: readonly string[];
  readonly upstream: Upstream;
  /** The credential whose place this one took. */
  readonly replaces: string | null;
  readonly createdAt: string;
  readonly revokedAt: string | null;
  readonly pin: PinSummary;
};

export type TenantDetail = TenantSummary & {
  readonly policyVersion: number;
  /** The policy in words, one sentence per rule. */
  readonly policySentences: readonly string[];
  readonly applications: readonly ApplicationSummary[];
  readonly keys: readonly KeySummary[];
  readonly credentials: readonly CredentialSummary[];
  readonly members: readonly {
    readonly name: string;
    readonly email: string;
    readonly role: string;
    /** May not sign in. */
    readonly isDisabled: boolean;
  }[];
};

/** A key is in exactly one answer, once. */
export type CreatedKey = { readonly key: KeySummary; readonly secret: string };
