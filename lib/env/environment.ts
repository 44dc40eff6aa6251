import { z } from "zod";
import { isCountryCode } from "../core/regions/is-country-code.ts";

const port = z.coerce.number().int().min(1).max(65_535);
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgresql://");
const keyText = z
  .string()
  .refine((text) => Buffer.from(text, "base64url").length === 32, "must be 32 bytes in base64url");
const country = z
  .string()
  .refine(
    isCountryCode,
    "must be a two-letter ISO 3166 country in capitals, such as DE or GB (not UK, not EU)",
  );

/** Tokens and secrets go there: in the clear to this machine only, as in tests. */
function isSafeIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return (url.protocol === "https:" || isHere) && url.search === "" && url.hash === "";
}

/** Every variable the product reads, by name. `.env.example` lists exactly these and the scripts' own. */
export const environment = z.object({
  DOMICILE_HOME: z.string().min(1),
  DOMICILE_MASTER_KEY: keyText,
  DOMICILE_MASTER_KEY_PREVIOUS: keyText.optional(),
  DOMICILE_CARRIED_KEYS: z.string().default(""),
  DOMICILE_RELAY_COUNTRY: country.optional(),
  DOMICILE_INTAKE_THREADS: z.coerce.number().int().min(1).max(16).default(1),
  DOMICILE_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  DOMICILE_DRAIN_SECONDS: z.coerce.number().int().min(1).max(600).default(6),
  DOMICILE_SPOOL_MINUTES: z.coerce.number().int().min(0).max(60).default(15),
  DOMICILE_PROCESS: z.enum(["web", "gateway", "worker", "signer", "provider", "seed"]),
  DOMICILE_CONNECT_TO: z.string().default(""),
  DOMICILE_EXTRA_CA: z.string().optional(),
  DATABASE_URL: postgresUrl,
  DATABASE_READ_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  DOMICILE_POOL_SIZE: z.coerce.number().int().min(5).max(200).default(10),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(3000),
  GATEWAY_PORT: port.default(8787),
  DOMICILE_GATEWAY_NAMES: z.string().default(""),
  GATEWAY_URL: z.url().default("http://127.0.0.1:8787"),
  GATEWAY_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  NEXTAUTH_URL: z.url().default("http://127.0.0.1:3000"),
  NEXTAUTH_SECRET: z.string().min(32),
  DOMICILE_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine(isSafeIssuer, "must begin with https://, and have neither a query nor a fragment")
    .optional(),
  DOMICILE_OIDC_CLIENT_ID: z.string().min(1).optional(),
  DOMICILE_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  DOMICILE_OIDC_NAME: z.string().trim().min(1).max(40).default("single sign-on"),
  DOMICILE_OIDC_TRUST_EMAIL: z.enum(["on", "off"]).default("off"),
  DOMICILE_PASSWORD_SIGN_IN: z.enum(["on", "off"]).default("on"),
  DOMICILE_SECOND_FACTOR: z.enum(["optional", "admins", "all"]).default("optional"),
  DOMICILE_CONFIRM_MINUTES: z
    .union([z.literal("off"), z.coerce.number().int().min(1).max(720)], {
      error: "must be off, or a number of minutes from 1 to 720",
    })
    .default(15),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default(""),
  DOMICILE_SIGN_EVERY_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  DOMICILE_ALLOW_LOSSY_DATABASE: z.enum(["on", "off"]).default("off"),
  DOMICILE_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  DOMICILE_MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>\r\n"]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      "must be an address, or a name with one: Domicile <alerts@example.com>",
    )
    .optional(),
  DOMICILE_ALERT_HOSTS: z.string().default(""),
  DOMICILE_ALERT_CA: z.string().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

export type Environment = z.infer<typeof environment>;
