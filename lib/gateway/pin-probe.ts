import type { IncomingMessage, ServerResponse } from "node:http";
import { matchOperation } from "../core/calls/match-operation.ts";
import type { Operation } from "../core/calls/operation.ts";
import { readAnswer } from "../core/calls/read-answer.ts";
import type { ProbeAnswer } from "../core/policies/read-probe.ts";
import type { TenantConfig, UsableCredential } from "../services/gateway-config/load-tenant-config.ts";
import { type ProbeClaims, verifyProbeToken } from "../services/pins/probe-token.ts";
import type { Gateway } from "./gateway.ts";
import { answerInternal } from "./internal-request.ts";
import { type OutgoingRequest, startAttempt } from "./upstream/attempt.ts";
import type { Dialler } from "./upstream/dialler.ts";

type Prober = Pick<Gateway, "diallers" | "log"> & {
  readonly tenant: (tenantId: string) => Promise<TenantConfig | null>;
};

const listModels = operationOf("GET", "/v1/models");
const probePath = "/internal/pin-probe";
const answerMs = 20_000;
const readBytesMax = 64 * 1024;

/**
 * A probe of a project's pin for our own web process: `GET /v1/models` with the stored key, at its own host and, where
 * that serves it, at a documented wrong one. No content leaves; the key does. False: the request is no probe.
 */
export function answerPinProbe(request: IncomingMessage, response: ServerResponse, prober: Prober): boolean {
  return answerInternal(request, response, {
    path: probePath,
    log: prober.log,
    failed: "a probe failed",
    run: (token) => probe(token, prober),
  });
}

async function probe(token: string, prober: Prober): Promise<{ status: number; body: object }> {
  const claims = verifyProbeToken(token);
  if (claims === null) return { status: 401, body: {} };
  const config = await prober.tenant(claims.tenantId);
  const credential = config?.credentials.find(({ id }) => id === claims.credentialId);
  if (!config || !credential || !mayProbe(config, credential, claims)) return { status: 403, body: {} };
  const dialler = config.tenant.mode === "live" ? prober.diallers.live : prober.diallers.simulated;
  const own = await ask(dialler, claims.own, credential.secret);
  const isServed = own.status !== null && own.status >= 200 && own.status < 300;
  // The key is told to another host only where that can settle something.
  const wrong = isServed ? await ask(dialler, claims.wrong, credential.secret) : null;
  return { status: 200, body: { own, wrong } };
}

/**
 * trust: the last look before the key leaves, whatever was signed. Its own host is of the closed set it was saved with;
 * the wrong one is a documented public host of another region. Live and simulated never mix.
 */
function mayProbe(config: TenantConfig, credential: UsableCredential, { own, wrong }: ProbeClaims): boolean {
  const regionOf = (host: string) =>
    config.catalog.hosts.find((row) => row.host === host && row.transport === "public")?.region ?? null;
  const isRegional = regionOf(own) !== null && regionOf(wrong) !== null && regionOf(own) !== regionOf(wrong);
  const isSimulated = credential.secret.startsWith("sk-sim-");
  return isRegional && credential.hosts.includes(own) && isSimulated === (config.tenant.mode === "simulated");
}

function ask(dialler: Dialler, host: string, secret: string): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const headers = { authorization: `Bearer ${secret}`, accept: "application/json" };
    const outgoing: OutgoingRequest = {
      host,
      method: "GET",
      path: "/v1/models",
      headers,
      body: { kind: "none" },
    };
    const timer = setTimeout(() => attempt.abort("idle"), answerMs);
    const attempt = startAttempt(dialler, outgoing, {
      answered: () => undefined,
      data: (chunk) => {
        bytes += chunk.byteLength;
        if (bytes <= readBytesMax) chunks.push(chunk);
        return true;
      },
      ended: () => {
        clearTimeout(timer);
        const { status } = attempt.seen;
        const { errorCode, suggestedHost } = readAnswer(
          listModels,
          status ?? 0,
          jsonOf(Buffer.concat(chunks)),
        );
        resolve({ host, status, errorCode, suggestedHost });
      },
    });
  });
}

function operationOf(method: string, path: string): Operation {
  const operation = matchOperation(method, path);
  if (operation === null) throw new Error(`There is no operation ${method} ${path}.`);
  return operation;
}

/** trust: the provider's words; only an error's code and the host it names are read from them. */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
