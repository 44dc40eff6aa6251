import type { Environment } from "./environment.ts";
import { readEnvironment } from "./read-environment.ts";

/**
 * `publicUrl`: the origin people see, against which changes are checked. `trustedHops`: proxies of one's own before it.
 * `gatewayUrl`: where this process asks the gateway; `publicGatewayUrl`: where people and their programs reach it.
 */
export function webSettings(): {
  port: number;
  publicUrl: string;
  trustedHops: number;
  gatewayUrl: string;
  publicGatewayUrl: string;
} {
  const env = readEnvironment(
    "PORT",
    "NEXTAUTH_URL",
    "DOMICILE_TRUSTED_PROXIES",
    "GATEWAY_URL",
    "GATEWAY_PUBLIC_URL",
  );
  return {
    port: env.PORT,
    publicUrl: env.NEXTAUTH_URL,
    trustedHops: env.DOMICILE_TRUSTED_PROXIES,
    gatewayUrl: env.GATEWAY_URL,
    publicGatewayUrl: shownGateway(env),
  };
}

/** The gateway's address as people are shown it. */
export const shownGateway = (env: Pick<Environment, "GATEWAY_URL" | "GATEWAY_PUBLIC_URL">): string =>
  env.GATEWAY_PUBLIC_URL ?? env.GATEWAY_URL;

/** Signs the session cookie. */
export function sessionSecret(): string {
  return readEnvironment("NEXTAUTH_SECRET").NEXTAUTH_SECRET;
}
