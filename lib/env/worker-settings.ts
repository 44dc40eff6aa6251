import { readEnvironment } from "./read-environment.ts";

/** `gatewayUrl`: where the worker asks about stored objects. */
export function workerSettings(): { gatewayUrl: string } {
  return { gatewayUrl: readEnvironment("GATEWAY_URL").GATEWAY_URL };
}
