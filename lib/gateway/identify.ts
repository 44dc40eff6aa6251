import type { IncomingHttpHeaders } from "node:http";
import { isDomicileKey } from "../core/access/domicile-key.ts";
import type { CallSource } from "../core/calls/call-facts.ts";
import type { TenantConfig } from "../services/gateway-config/load-tenant-config.ts";
import type { KeyLimits } from "../services/keys/authenticate-key.ts";
import { GatewayRefusal } from "./answer-error.ts";
import { type ConfigCache, ConfigStale } from "./config-cache.ts";

/** Who calls, and for whom. */
export type Caller = {
  readonly config: TenantConfig;
  readonly source: CallSource;
  readonly keyId: string | null;
  /** What the key may be used for; null: a token of our own. */
  readonly key: KeyLimits | null;
  readonly applicationId: string;
  readonly applicationName: string;
  /** `policy`, `global`, a region code, or a host of the catalog. */
  readonly keyTarget: string;
  /** The caller's own provider key; null: the tenant's stored one. */
  readonly ownProviderKey: string | null;
  /** The one stored key that may be sent; absent: whichever fits the host. */
  readonly credentialId?: string;
  /** The request id of the call, whatever a header says; absent: the caller names one, or none. */
  readonly tokenId?: string;
  /** The one thing that a token of our worker is good for; absent: any. */
  readonly only?: { readonly operation: string; readonly path: string };
};

/** What a token of our own web process says, once its signature was checked. */
export type PlaygroundCaller = {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly applicationName: string;
  readonly target: string;
  readonly credentialId?: string;
  readonly tokenId?: string;
};

/** What a token of our own worker says: the same, and the one thing it may ask. */
export type UpkeepCaller = PlaygroundCaller & {
  readonly only: { readonly operation: string; readonly path: string };
};

export type Identifier = {
  readonly config: ConfigCache;
  readonly verifyPlayground: (token: string) => Promise<PlaygroundCaller | null>;
  readonly verifyUpkeep: (token: string) => Promise<UpkeepCaller | null>;
};

/**
 * Authenticates a call by one of four ways: a Domicile key in `Authorization`, a Domicile key in `x-domicile-key`
 * beside the caller's own provider key, a token of the playground, or one of our worker.
 */
export async function identify(by: Identifier, headers: IncomingHttpHeaders): Promise<Caller> {
  try {
    const bearer = bearerOf(headers.authorization);
    const domicileKey = headers["x-domicile-key"];
    if (domicileKey !== undefined)
      return await byKey(by.config, String(domicileKey).trim(), providerKey(bearer));
    if (bearer === null) throw new GatewayRefusal("missing_domicile_key");
    if (bearer.startsWith("dompg_"))
      return await byToken(by.config, "playground", by.verifyPlayground(bearer));
    if (bearer.startsWith("domup_")) return await byToken(by.config, "upkeep", by.verifyUpkeep(bearer));
    return await byKey(by.config, bearer, null);
  } catch (error) {
    if (error instanceof GatewayRefusal) throw error;
    throw new GatewayRefusal(error instanceof ConfigStale ? "policy_stale" : "evidence_unavailable", {
      cause: error,
    });
  }
}

async function byKey(config: ConfigCache, presented: string, ownProviderKey: string | null): Promise<Caller> {
  const key = await config.authenticate(presented);
  if (!key) throw new GatewayRefusal("invalid_domicile_key");
  if (key.kind !== "gateway") throw new GatewayRefusal("wrong_key_kind");
  return {
    config: await configOf(config, key.tenantId),
    source: "gateway",
    keyId: key.keyId,
    key: key.limits,
    applicationId: key.applicationId,
    applicationName: key.applicationName,
    keyTarget: key.target,
    ownProviderKey,
  };
}

async function byToken(
  config: ConfigCache,
  source: "playground" | "upkeep",
  verified: Promise<PlaygroundCaller | UpkeepCaller | null>,
): Promise<Caller> {
  const caller = await verified;
  if (!caller) throw new GatewayRefusal("invalid_domicile_key");
  return {
    config: await configOf(config, caller.tenantId),
    source,
    keyId: null,
    key: null,
    applicationId: caller.applicationId,
    applicationName: caller.applicationName,
    keyTarget: caller.target,
    ownProviderKey: null,
    ...(caller.credentialId === undefined ? {} : { credentialId: caller.credentialId }),
    ...(caller.tokenId === undefined ? {} : { tokenId: caller.tokenId }),
    ...("only" in caller ? { only: caller.only } : {}),
  };
}

async function configOf(config: ConfigCache, tenantId: string): Promise<TenantConfig> {
  const found = await config.tenant(tenantId);
  if (!found) throw new GatewayRefusal("invalid_domicile_key");
  return found;
}

/**
 * trust: of two different keys the one that Node keeps need not be the one that the caller meant, or that a proxy
 * before us looked at.
 */
export function refuseTwoKeys(rawHeaders: readonly string[]): void {
  const given = new Set<string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.toLowerCase() === "authorization") given.add(rawHeaders[at + 1]?.trim() ?? "");
  if (given.size <= 1) return;
  throw new GatewayRefusal("invalid_http", {
    message: "Authorization was given more than once, with different values. Nothing was sent.",
    param: "authorization",
  });
}

function bearerOf(authorization: string | undefined): string | null {
  const match = /^bearer +([\x21-\x7e]{1,1024})$/i.exec(authorization?.trim() ?? "");
  return match?.[1] ?? null;
}

/** A key of ours is never taken for a provider's: it would be sent upstream. */
function providerKey(bearer: string | null): string {
  if (bearer === null) throw new GatewayRefusal("missing_provider_key");
  if (isDomicileKey(bearer)) throw new GatewayRefusal("invalid_provider_key");
  return bearer;
}
