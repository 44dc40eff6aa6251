import { z } from "zod";
import { isCountryCode } from "./core/regions/is-country-code.ts";

const port = z.coerce.number().int().min(1).max(65_535);
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgresql://");
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
  DOMICILE_MASTER_KEY: z
    .string()
    .refine((text) => Buffer.from(text, "base64url").length === 32, "must be 32 bytes in base64url"),
  DOMICILE_MASTER_KEY_PREVIOUS: z
    .string()
    .refine((text) => Buffer.from(text, "base64url").length === 32, "must be 32 bytes in base64url")
    .optional(),
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

type Environment = z.infer<typeof environment>;

/** The address of this process's own role; reads may go to a replica, session locks past a pooler. `poolSize`: connections of one pool. */
export const databaseSettings = kept(
  ["DATABASE_URL", "DATABASE_READ_URL", "DATABASE_DIRECT_URL", "DOMICILE_POOL_SIZE"],
  (
    env,
  ): {
    readonly url: string;
    readonly readUrl: string;
    readonly directUrl: string;
    readonly poolSize: number;
  } => ({
    url: env.DATABASE_URL,
    readUrl: env.DATABASE_READ_URL ?? env.DATABASE_URL,
    directUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    poolSize: env.DOMICILE_POOL_SIZE,
  }),
);

/** 32 bytes; key pepper, credential encryption and session secret are derived from it. */
export const masterKey = kept(["DOMICILE_MASTER_KEY"], (env) =>
  Buffer.from(env.DOMICILE_MASTER_KEY, "base64url"),
);

/** The master key of before, while it changes; null: it does not. */
export const previousMasterKey = kept(
  ["DOMICILE_MASTER_KEY_PREVIOUS"],
  ({ DOMICILE_MASTER_KEY_PREVIOUS: key }) => (key === undefined ? null : Buffer.from(key, "base64url")),
);

/** Of a deployment whose master key was changed; empty: it was not. */
export function carriedKeysText(): string {
  return process.env.DOMICILE_CARRIED_KEYS ?? "";
}

/** From then on in this process, and in the threads that it starts. */
export function setCarriedKeysText(text: string): void {
  process.env.DOMICILE_CARRIED_KEYS = text;
}

/** For how long somebody who showed who he is may do what is dangerous, in milliseconds; null: nobody is asked again. */
export const confirmedForMs = kept(["DOMICILE_CONFIRM_MINUTES"], ({ DOMICILE_CONFIRM_MINUTES: minutes }) =>
  minutes === "off" ? null : minutes * 60_000,
);

/** The folder for generated state, absolute. */
export function homeFolder(): string {
  return read("DOMICILE_HOME").DOMICILE_HOME;
}

/** `host`: the address to listen on. `relayCountry`: where this gateway decrypts, as its operator attests; null when nobody said. `trustedHops`: proxies of one's own before it. `drainMs`: how long open calls may go on after a stop was asked for. */
export function gatewaySettings(): {
  host: string;
  port: number;
  relayCountry: string | null;
  trustedHops: number;
  drainMs: number;
  spoolFolder: string;
  spoolMsMax: number;
} {
  const env = read(
    "HOST",
    "GATEWAY_PORT",
    "DOMICILE_HOME",
    "DOMICILE_RELAY_COUNTRY",
    "DOMICILE_DRAIN_SECONDS",
    "DOMICILE_SPOOL_MINUTES",
    "DOMICILE_TRUSTED_PROXIES",
  );
  return {
    host: env.HOST,
    port: env.GATEWAY_PORT,
    relayCountry: env.DOMICILE_RELAY_COUNTRY ?? null,
    trustedHops: env.DOMICILE_TRUSTED_PROXIES,
    drainMs: env.DOMICILE_DRAIN_SECONDS * 1_000,
    spoolFolder: `${env.DOMICILE_HOME}/spool`,
    spoolMsMax: env.DOMICILE_SPOOL_MINUTES * 60_000,
  };
}

/**
 * `gatewayNames`: host names, with or without a port, by which callers reach the gateway: the stated ones, and that of the
 * address people are shown. `threads`: that record what they report.
 */
export function intakeSettings(): { gatewayNames: readonly string[]; threads: number } {
  const env = read("DOMICILE_GATEWAY_NAMES", "DOMICILE_INTAKE_THREADS", "GATEWAY_URL", "GATEWAY_PUBLIC_URL");
  return {
    gatewayNames: [...env.DOMICILE_GATEWAY_NAMES.split(","), new URL(shownGateway(env)).host],
    threads: env.DOMICILE_INTAKE_THREADS,
  };
}

/** `folder`: the signer's own memory. `everyMs`: how often it looks for what grew. */
export function signerSettings(): { folder: string; everyMs: number } {
  const env = read("DOMICILE_HOME", "DOMICILE_SIGN_EVERY_MS");
  return { folder: `${env.DOMICILE_HOME}/signer`, everyMs: env.DOMICILE_SIGN_EVERY_MS };
}

/** For tests and machines without anything to lose: start on a database that may forget what it has acknowledged. */
export function allowsLossyDatabase(): boolean {
  return read("DOMICILE_ALLOW_LOSSY_DATABASE").DOMICILE_ALLOW_LOSSY_DATABASE === "on";
}

/** Proxies of one's own before the web process and the gateway. */
export function trustedHops(): number {
  return read("DOMICILE_TRUSTED_PROXIES").DOMICILE_TRUSTED_PROXIES;
}

/**
 * `publicUrl`: the origin people see, against which changes are checked. `gatewayUrl`: where this process asks the gateway;
 * `publicGatewayUrl`: where people and their programs reach it.
 */
export function webSettings(): {
  port: number;
  publicUrl: string;
  gatewayUrl: string;
  publicGatewayUrl: string;
} {
  const env = read("PORT", "NEXTAUTH_URL", "GATEWAY_URL", "GATEWAY_PUBLIC_URL");
  return {
    port: env.PORT,
    publicUrl: env.NEXTAUTH_URL,
    gatewayUrl: env.GATEWAY_URL,
    publicGatewayUrl: shownGateway(env),
  };
}

const shownGateway = (env: Pick<Environment, "GATEWAY_URL" | "GATEWAY_PUBLIC_URL">): string =>
  env.GATEWAY_PUBLIC_URL ?? env.GATEWAY_URL;

/** `gatewayUrl`: where the worker asks about stored objects. */
export function workerSettings(): { gatewayUrl: string } {
  return { gatewayUrl: read("GATEWAY_URL").GATEWAY_URL };
}

export type OidcSettings = {
  /** `iss` of the provider's tokens, letter by letter. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What people call it. */
  readonly name: string;
  /** Whether an e-mail address that the provider has verified says who somebody is, the first time. */
  readonly trustsEmail: boolean;
};

/**
 * Which ways of signing in there are. `oidc` null: no single sign-on. `secondFactor`: who must show one beside his password; `admins`
 * of the deployment or of a tenant.
 */
export const signInSettings = kept(
  [
    ...(["DOMICILE_OIDC_ISSUER", "DOMICILE_OIDC_CLIENT_ID", "DOMICILE_OIDC_CLIENT_SECRET"] as const),
    ...(["DOMICILE_OIDC_NAME", "DOMICILE_OIDC_TRUST_EMAIL", "DOMICILE_PASSWORD_SIGN_IN"] as const),
    "DOMICILE_SECOND_FACTOR",
  ],
  (
    env,
  ): {
    readonly oidc: OidcSettings | null;
    readonly passwords: boolean;
    readonly secondFactor: "optional" | "admins" | "all";
  } => {
    const secondFactor = env.DOMICILE_SECOND_FACTOR;
    const { DOMICILE_OIDC_ISSUER: issuer, DOMICILE_OIDC_CLIENT_ID: clientId } = env;
    const { DOMICILE_OIDC_CLIENT_SECRET: clientSecret } = env;
    const passwords = env.DOMICILE_PASSWORD_SIGN_IN === "on";
    if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
      if (issuer ?? clientId ?? clientSecret)
        throw new Error(
          "Single sign-on takes DOMICILE_OIDC_ISSUER, DOMICILE_OIDC_CLIENT_ID and DOMICILE_OIDC_CLIENT_SECRET: set all three or none.",
        );
      if (!passwords)
        throw new Error(
          "DOMICILE_PASSWORD_SIGN_IN is off and there is no single sign-on: nobody could sign in. See docs/operations.md, Single sign-on.",
        );
      return { oidc: null, passwords, secondFactor };
    }
    const trustsEmail = env.DOMICILE_OIDC_TRUST_EMAIL === "on";
    const name = env.DOMICILE_OIDC_NAME;
    return { oidc: { issuer, clientId, clientSecret, name, trustsEmail }, passwords, secondFactor };
  },
);

/** Whether the operator has set up mail. The web process is told the sender alone: the server's password is the worker's. */
export function sendsMail(): boolean {
  return read("DOMICILE_MAIL_FROM").DOMICILE_MAIL_FROM !== undefined;
}

/** What alerts link to: where people open the product. */
export function alertWebUrl(): string {
  return read("NEXTAUTH_URL").NEXTAUTH_URL;
}

/**
 * `innerHosts`: `host:port` of receivers in the house. `authoritiesFile`: a PEM file trusted for those and for the mail server,
 * beside the public authorities. `mail` null: no mail is sent.
 */
export function alertSettings(): {
  innerHosts: readonly string[];
  authoritiesFile: string | null;
  mail: { readonly url: string; readonly from: string } | null;
} {
  const env = read("DOMICILE_ALERT_HOSTS", "DOMICILE_ALERT_CA", "DOMICILE_SMTP_URL", "DOMICILE_MAIL_FROM");
  const { DOMICILE_SMTP_URL: url, DOMICILE_MAIL_FROM: from } = env;
  return {
    innerHosts: parseHosts(env.DOMICILE_ALERT_HOSTS),
    authoritiesFile: env.DOMICILE_ALERT_CA || null,
    mail: url === undefined || from === undefined ? null : { url, from },
  };
}

/** Signs the session cookie. */
export function sessionSecret(): string {
  return read("NEXTAUTH_SECRET").NEXTAUTH_SECRET;
}

export type ConnectTo = { readonly host: string; readonly address: string; readonly port: number };

/** Where simulated tenants dial, and the PEM file of the authority they trust. Never used for live ones. */
export function simulationSettings(): { connectTo: readonly ConnectTo[]; extraCaFile: string | null } {
  const env = read("DOMICILE_CONNECT_TO", "DOMICILE_EXTRA_CA");
  return { connectTo: parseConnectTo(env.DOMICILE_CONNECT_TO), extraCaFile: env.DOMICILE_EXTRA_CA || null };
}

/** Where spans of calls go over OTLP/HTTP; null: nowhere. */
export function telemetrySettings(): {
  endpoint: string;
  headers: Readonly<Record<string, string>>;
} | null {
  const env = read("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS");
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return null;
  return {
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    headers: parseHeaders(env.OTEL_EXPORTER_OTLP_HEADERS),
  };
}

/** `name` is null in tests and scripts, which no supervisor started. */
export function logSettings(): { level: Environment["LOG_LEVEL"]; name: string | null } {
  const named = environment.shape.DOMICILE_PROCESS.safeParse(process.env.DOMICILE_PROCESS);
  return { level: read("LOG_LEVEL").LOG_LEVEL, name: named.success ? named.data : null };
}

/** Reads at each call, so that a test may set what it needs. An unset and an empty variable are the same. */
function read<Name extends keyof Environment>(...names: Name[]): Pick<Environment, Name> {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of names) {
    const parsed = environment.shape[name].safeParse(process.env[name] || undefined);
    if (parsed.success) values[name] = parsed.data;
    // trust: the value stays out of the message, it may be a secret.
    else problems.push(`${name}: ${process.env[name] ? parsed.error.issues[0]?.message : "is not set"}`);
  }
  if (problems.length > 0)
    throw new Error(`The environment is not usable. ${problems.join("; ")}. See .env.example.`);
  return values as Pick<Environment, Name>;
}

/** The same for what is asked with every call and statement: made anew only when one of the variables says another thing. */
function kept<Name extends keyof Environment, Settings>(
  names: readonly Name[],
  make: (env: Pick<Environment, Name>) => Settings,
): () => Settings {
  let texts: readonly (string | undefined)[] = [];
  let made: { readonly settings: Settings } | null = null;
  return () => {
    for (let i = 0; i < names.length && made !== null; i++)
      if (process.env[names[i] as Name] !== texts[i]) made = null;
    if (made === null) {
      texts = names.map((name) => process.env[name]);
      made = { settings: make(read(...names)) };
    }
    return made.settings;
  };
}

function parseConnectTo(list: string): ConnectTo[] {
  return list
    .split(",")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "")
    .map((pair) => {
      const match = /^([a-z0-9.-]+)=(.+):(\d{1,5})$/.exec(pair);
      if (!match) throw new Error(`DOMICILE_CONNECT_TO: "${pair}" is not host=address:port.`);
      const [, host = "", address = "", portText] = match;
      return { host, address: address.replace(/^\[|\]$/g, ""), port: Number(portText) };
    });
}

/** `host` or `host:port` with commas between; without a port, that of https. */
function parseHosts(list: string): string[] {
  return list
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map((each) => {
      const match = /^([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::(\d{1,5}))?$/.exec(each);
      if (!match)
        throw new Error(`DOMICILE_ALERT_HOSTS: "${each}" is not host or host:port, in small letters.`);
      return `${match[1]}:${match[2] ?? "443"}`;
    });
}

/** `name=value,name=value`, values percent-encoded (OpenTelemetry, OTLP exporter). trust: no value is in the message. */
function parseHeaders(list: string): Record<string, string> {
  const pairs = list.split(",").filter((pair) => pair.trim() !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const match = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*([\x21-\x7e][\x20-\x7e]*)$/.exec(pair);
      const value = decode(match?.[2]?.trim() ?? "");
      if (!match || !/^[\x20-\x7e]+$/.test(value))
        throw new Error("OTEL_EXPORTER_OTLP_HEADERS is not name=value,name=value.");
      return [match[1], value];
    }),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
