import { readEnvironment } from "./read-environment.ts";
import { shownGateway } from "./web-settings.ts";

/**
 * `gatewayNames`: host names, with or without a port, by which callers reach the gateway: the stated ones, and that of the
 * address people are shown. `threads`: that record what they report.
 */
export function intakeSettings(): { gatewayNames: readonly string[]; threads: number } {
  const env = readEnvironment(
    "DOMICILE_GATEWAY_NAMES",
    "DOMICILE_INTAKE_THREADS",
    "GATEWAY_URL",
    "GATEWAY_PUBLIC_URL",
  );
  return {
    gatewayNames: [...env.DOMICILE_GATEWAY_NAMES.split(","), new URL(shownGateway(env)).host],
    threads: env.DOMICILE_INTAKE_THREADS,
  };
}
