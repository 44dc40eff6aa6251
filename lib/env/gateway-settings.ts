import { readEnvironment } from "./read-environment.ts";

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
  const env = readEnvironment(
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
