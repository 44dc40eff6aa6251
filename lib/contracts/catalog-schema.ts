import { z } from "zod";
import type { Catalog } from "../core/regions/catalog.ts";
import { line, prose } from "./text.ts";

const day = z.iso.date().describe("A UTC day, YYYY-MM-DD.");
const id = line.min(1).max(160);
const note = prose.max(2000);
const regionCode = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
    "Lower-case letters, digits and hyphens, 1 to 32 characters.",
  )
  .describe("A region's code, as in `regions`.");
const country = z.string().regex(/^[A-Z]{2}$/, "Two capital letters (ISO 3166-1).");
const path = z.string().regex(/^\/v1\/[a-z0-9_/]{1,120}$/, "A path of the API, such as /v1/responses.");
const host = line.min(1).max(253);

const stated = {
  sourceId: line.max(80).describe("Id of a source in `sources`."),
  asOf: day.describe("Day of the copy that was read."),
  confidence: z.enum(["high", "medium", "low"]),
  confirmedBy: z
    .strictObject({ name: line.min(1).max(120), on: day })
    .nullable()
    .describe(
      "Who checked it. Not taken from an imported file: a confirmation is given where the catalog is used.",
    ),
};

export const cellSchema = z.strictObject({
  state: z
    .enum(["yes", "no", "unlisted", "unknown"])
    .describe("unlisted: absent from the provider's closed table. unknown: nobody we can cite says."),
  ...stated,
  note: note.optional(),
});

const cells = z.record(regionCode, cellSchema);

const shutdown = z.strictObject({
  on: day,
  replacement: line.max(200).nullable(),
  ...stated,
  note: note.optional(),
});

const provider = z.enum(["openai", "azure"]);

const source = z.strictObject({
  id: line.min(1).max(80),
  title: line.min(1).max(300),
  url: z.httpUrl().max(500).nullable(),
  readOn: day,
});

const region = z.strictObject({
  code: regionCode,
  provider,
  name: line.min(1).max(120),
  countries: z.array(country).min(1).max(249),
  hosts: z.array(host).min(1).max(50),
  storage: cellSchema,
  processing: cellSchema,
  hasStorageOnlyProjects: z.boolean(),
  scopeKnown: z.boolean(),
  regionalTls: z.boolean(),
  priceUpliftPercent: z.int().min(0).max(1000).nullable().describe("null: nobody states it."),
  upliftStated: z
    .strictObject(stated)
    .optional()
    .describe("What the uplift rests on, where that is not `stated`."),
  sdkOption: line.max(32).nullable(),
  projectResidencies: z.array(line.max(80)).max(20),
  retentionControl: cellSchema,
  announcedOn: day.nullable(),
  stated: z.strictObject(stated),
  note,
});

const retentionCover = z.enum(["yes", "limited", "no", "unknown"]);

const endpoint = z.strictObject({
  path,
  processes: z.enum(["inference", "handling", "both"]),
  storesState: z.enum(["yes", "no", "conditional", "unknown"]),
  stateRetentionDays: z.int().min(0).max(36_500).nullable(),
  abuseMonitoringRetention: line.max(120),
  zeroRetention: retentionCover,
  privateRetention: retentionCover
    .default("unknown")
    .describe("Whether Private Retention with PSP, or Safety Retention, covers the endpoint."),
  retention: z.strictObject(stated),
  shutdown: shutdown.nullable(),
  storage: cells,
  processing: cells,
  processingModels: z.record(regionCode, z.array(id).max(500)),
  note,
});

const model = z.strictObject({
  id,
  endpoints: z.array(path).max(60),
  storage: cells,
  processing: cells,
  excludedTiers: z.record(regionCode, z.array(line.min(1).max(32)).max(20)),
  shutdown: shutdown.nullable(),
  uplift: cellSchema,
  note,
});

const feature = z.strictObject({
  id: line.min(1).max(80),
  kind: z.enum(["tool", "feature", "tier", "modality"]),
  title: line.min(1).max(160),
  processes: z.enum(["inference", "handling"]),
  storage: cells,
  processing: cells,
  thirdParty: z.boolean(),
  usedWhenRequested: z.boolean(),
  usedByModels: z.array(id).max(500).default([]),
  note,
});

const hostRow = z.strictObject({
  host,
  provider,
  region: regionCode.nullable().describe("null: a destination without a location promise."),
  transport: z.enum(["public", "mtls", "private_link"]),
  azure: z
    .strictObject({
      sku: z.enum(["regional", "data_zone", "global"]),
      azureRegion: line.min(1).max(80),
      attestedBy: line.min(1).max(120),
    })
    .nullable(),
  ...stated,
  note,
});

const lookalike = z.strictObject({ host, rightHost: host, why: line.max(500), asOf: day });
const alias = z.strictObject({ alias: id, model: id, sourceId: line.max(80), asOf: day });

/** A row of each table, as edits and files carry it. */
export const rowSchemas = {
  regions: region,
  hosts: hostRow,
  lookalikes: lookalike,
  endpoints: endpoint,
  features: feature,
  models: model,
  aliases: alias,
  sources: source,
} as const;

/** A whole catalog. That its names point somewhere is checked after it. */
export const catalogSchema = z.strictObject({
  provider: z.literal("openai"),
  version: z.int().min(1).describe("Of the deployment it came from; a publication gets a number of its own."),
  edition: z.int().min(1).describe("Of the table that came with the program, on which this version stands."),
  asOf: day,
  caveat: prose.max(2000),
  sources: z.array(source).max(500),
  regions: z.array(region).max(200),
  endpoints: z.array(endpoint).max(500),
  models: z.array(model).max(3000),
  features: z.array(feature).max(300),
  hosts: z.array(hostRow).max(2000),
  lookalikes: z.array(lookalike).max(1000),
  aliases: z.array(alias).max(2000),
}) satisfies z.ZodType<Catalog>;

export const catalogFormat = "domicile.catalog/1";

/** The file that is exported and imported. */
export const catalogFileSchema = z.strictObject({
  format: z.literal(catalogFormat),
  exportedAt: z.iso.datetime().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe("Of the canonical JSON (RFC 8785) of the published catalog."),
  catalog: catalogSchema,
});
export type CatalogFile = z.infer<typeof catalogFileSchema>;

/** The published JSON Schema of that file. */
export function catalogJsonSchema(): unknown {
  return {
    ...z.toJSONSchema(catalogFileSchema, { target: "draft-2020-12" }),
    title: "Catalog of Domicile",
    description:
      "What a provider documents about places: dated and sourced cells. Import it in Settings, Regions.",
  };
}
