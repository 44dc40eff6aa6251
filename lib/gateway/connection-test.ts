import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConnectionSteps } from "../core/connectivity/connection-steps.ts";
import { transportFailure } from "../http/dial-failure.ts";
import { verifyConnectionToken } from "../services/connectivity/connection-token.ts";
import type { TenantConfig } from "../services/gateway-config/load-tenant-config.ts";
import type { Gateway } from "./gateway.ts";
import { answerInternal } from "./internal-request.ts";
import type { Dialler } from "./upstream/dialler.ts";

type Tester = Pick<Gateway, "diallers" | "log"> & {
  readonly tenant: (tenantId: string) => Promise<TenantConfig | null>;
};

const testPath = "/internal/connection";

/**
 * Opens one connection to a host of a stored key for our own web process, and closes it: name, TCP and TLS, each timed.
 * Neither key nor content leaves. False: the request is no such test.
 */
export function answerConnectionTest(
  request: IncomingMessage,
  response: ServerResponse,
  tester: Tester,
): boolean {
  return answerInternal(request, response, {
    path: testPath,
    log: tester.log,
    failed: "a connection test failed",
    run: (token) => test(token, tester),
  });
}

/** trust: a host is dialled only where a stored key of the tenant may be sent to it, whatever was signed. */
async function test(token: string, tester: Tester): Promise<{ status: number; body: object }> {
  const claims = verifyConnectionToken(token);
  if (claims === null) return { status: 401, body: {} };
  const config = await tester.tenant(claims.tenantId);
  const credential = config?.credentials.find(({ id }) => id === claims.credentialId);
  if (!config || !credential?.hosts.includes(claims.host)) return { status: 403, body: {} };
  const dialler = config.tenant.mode === "live" ? tester.diallers.live : tester.diallers.simulated;
  return { status: 200, body: await connectionSteps(dialler, claims.host) };
}

async function connectionSteps(dialler: Dialler, host: string): Promise<ConnectionSteps> {
  let at = performance.now();
  const lap = (): number => {
    const before = at;
    at = performance.now();
    return Math.round((at - before) * 10) / 10;
  };
  const steps = {
    mapped: false,
    addresses: 0,
    dnsMs: null as number | null,
    tcpMs: null as number | null,
    tlsMs: null as number | null,
  };
  try {
    const socket = await dialler.connect(host, {
      resolved(addresses, mapped) {
        Object.assign(steps, { addresses, mapped, dnsMs: lap() });
      },
      connected() {
        steps.tcpMs = lap();
      },
    });
    steps.tlsMs = lap();
    socket.destroy();
    return { ...steps, failed: null, failure: null };
  } catch (error) {
    const failed = steps.dnsMs === null ? "dns" : steps.tcpMs === null ? "tcp" : "tls";
    // What failed took its time, too.
    return { ...steps, [`${failed}Ms`]: lap(), failed, failure: transportFailure(error) };
  }
}
