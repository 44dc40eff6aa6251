import OpenAI from "openai";
import type { GatewayWorld, RecordedRow, TenantWish, WorldTenant } from "./gateway-world.ts";

export const prompt = { model: "gpt-5.5", messages: [{ role: "user" as const, content: "Where are you?" }] };

/** The kinds of tenants the demo has, and one that requires no place, so that any model may be asked for. */
export const tenantWishes = {
  /** Blocks; pinned to Europe. */
  bank: {
    slug: "bank",
    preset: "eea_ch",
    homeRegion: "eu",
    secret: "sk-sim-eu-bank",
    pin: { kind: "processing", region: "eu" },
  },
  /** Observes; its key asks for the global host: the silent leak. */
  apps: {
    slug: "apps",
    preset: "eea_ch",
    homeRegion: "eu",
    enforcement: "observe",
    target: "api.openai.com",
    secret: "sk-sim-global-apps",
    hosts: ["api.openai.com", "eu.api.openai.com"],
    pin: { kind: "global", region: null },
  },
  atlas: {
    slug: "atlas",
    preset: "us_global_accepted",
    homeRegion: "us",
    secret: "sk-sim-us-atlas",
    hosts: ["us.api.openai.com"],
    pin: { kind: "processing", region: "us" },
  },
  live: { slug: "live", preset: "eea_ch", homeRegion: "eu", mode: "live" },
  lab: {
    slug: "lab",
    preset: "no_location_requirement",
    secret: "sk-sim-global-lab",
    hosts: ["api.openai.com"],
  },
} as const satisfies Record<string, TenantWish>;

export type Answered = { status: number; code: string; headers: Headers; json: unknown };

export type GatewayCalls = {
  /** Runs calls of a tenant and answers the records they left. */
  recordsOf(tenant: WorldTenant, action: () => Promise<unknown>, calls?: number): Promise<RecordedRow[]>;
  recordOf(tenant: WorldTenant, action: () => Promise<unknown>): Promise<RecordedRow>;
  post(path: string, headers: Record<string, string>, body?: string): Promise<Answered>;
  /** How many requests reached the provider. */
  requestsSeen(): number;
};

export function callsOf(world: GatewayWorld): GatewayCalls {
  const counted = new Map<string, number>();
  const recordsOf: GatewayCalls["recordsOf"] = async (tenant, action, calls = 1) => {
    const before = counted.get(tenant.id) ?? 0;
    await action();
    const rows = await world.recorded(tenant.id, before + calls);
    counted.set(tenant.id, rows.length);
    return rows.slice(before);
  };
  return {
    recordsOf,
    async recordOf(tenant, action) {
      const [row] = await recordsOf(tenant, action);
      if (!row) throw new Error("Nothing was recorded.");
      return row;
    },
    async post(path, headers, body = JSON.stringify(prompt)) {
      const response = await fetch(`${world.baseUrl}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
        redirect: "manual",
      });
      const json = (await response.json()) as { error?: { code: string } };
      return { status: response.status, code: json.error?.code ?? "", headers: response.headers, json };
    },
    requestsSeen: () => world.provider.received.requests().length,
  };
}

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** The error that the unmodified client throws. */
export async function refusedByClient(action: () => Promise<unknown>): Promise<Omit<Answered, "json">> {
  const error = await action().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OpenAI.APIError)) throw new Error(`Not refused: ${String(error)}`);
  return { status: error.status ?? 0, code: error.code ?? "", headers: error.headers ?? new Headers() };
}
