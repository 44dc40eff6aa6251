import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders, type RequestListener } from "node:http";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { openAuthority } from "../providers/simulated/authority.ts";
import {
  type AzureWorld,
  classic,
  createAzureWorld,
  customHost,
  swedenHost,
  type UpstreamTenant,
  v1,
  zoneHost,
} from "./azure-world.ts";
import { takingAll } from "./exact-world.ts";
import { startTlsBackend, type TlsBackend } from "./tls-backend.ts";

/** What reached a host, keys and all. */
export type Caught = {
  /** By the certificate that was shown: the host that was dialled. */
  readonly host: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
};

export type Kind = "openai" | "azure" | "classic" | "custom";

export const homeOf: Readonly<Record<Kind, string>> = {
  openai: "eu.api.openai.com",
  azure: swedenHost,
  classic: swedenHost,
  custom: customHost,
};

/** Hosts that have certificates, addresses and ears, and that no key of a tenant may reach. */
export const traps = ["evil.example.com", "us.api.openai.com", zoneHost, "other.openai.azure.com"] as const;

export type TrapWorld = {
  readonly azure: AzureWorld;
  readonly tenants: Readonly<Record<Kind, UpstreamTenant>>;
  readonly secrets: Readonly<Record<Kind, string>>;
  /** Since the last `forget`. */
  caught(): readonly Caught[];
  forget(): void;
  /** What every host does from now on. */
  answerWith(listener: RequestListener): void;
  post(kind: Kind, ask: TrapAsk): Promise<{ status: number; text: string }>;
  stop(): Promise<void>;
};

export type TrapAsk = {
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
};

/** Tenants of every kind of credential, each before the host of its key, among hosts that only listen. */
export async function createTrapWorld(): Promise<TrapWorld> {
  const hosts = [...new Set([...Object.values(homeOf), ...traps])];
  const folder = mkdtempSync(path.join(os.tmpdir(), "domicile-traps-"));
  const authority = await openAuthority(folder, hosts);
  const backends: TlsBackend[] = [];
  let caught: Caught[] = [];
  let answer: RequestListener = takingAll;
  for (const host of hosts) {
    const certificate = authority.hosts[host];
    if (!certificate) throw new Error("No certificate was made.");
    backends.push(
      await startTlsBackend(certificate, (request, response) => {
        caught.push({ host, url: request.url ?? "", headers: request.headers });
        answer(request, response);
      }),
    );
  }
  const azure = await createAzureWorld({
    connectTo: hosts.map((host, at) => ({ host, address: "127.0.0.1", port: backends[at]?.port ?? 0 })),
    simulatedAuthorities: authority.ca,
  });
  const secrets = {
    openai: "sk-sim-eu-trapped-openai",
    azure: "sk-sim-azure-trapped-v1",
    classic: "sk-sim-azure-trapped-classic",
    custom: "sk-sim-trapped-custom",
  } as const;
  const upstreams = {
    openai: { kind: "openai" },
    azure: v1(),
    classic: classic([{ model: "gpt-5.5", name: "chat-se", sku: "Standard" }]),
    custom: { kind: "custom", basePath: "/llm/v1", keyHeader: "authorization" },
  } as const;
  const add = (kind: Kind) =>
    azure.addTenant({
      slug: kind,
      host: homeOf[kind],
      upstream: upstreams[kind],
      secret: secrets[kind],
      preset: "no_location_requirement",
      change: { customHosts: [customHost], customHostReasons: { [customHost]: "The bank's own gateway." } },
    });
  const tenants = {
    openai: await add("openai"),
    azure: await add("azure"),
    classic: await add("classic"),
    custom: await add("custom"),
  };
  return {
    azure,
    tenants,
    secrets,
    caught: () => caught,
    forget: () => {
      caught = [];
    },
    answerWith: (listener) => {
      answer = listener;
    },
    post: (kind, ask) => post(azure.world.gateway.port, tenants[kind].key, ask),
    async stop() {
      await azure.world.stop();
      for (const backend of backends) await backend.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As a client that sets whatever header it likes, the Host one too. */
function post(port: number, key: string, ask: TrapAsk): Promise<{ status: number; text: string }> {
  const { url = "/v1/chat/completions", headers = {}, body = { model: "gpt-5.5" } } = ask;
  const bytes = Buffer.from(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      host: "127.0.0.1",
      port,
      path: url,
      method: "POST",
      agent: false,
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        ...headers,
        "content-length": bytes.byteLength,
      },
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      buffer(response).then(
        (whole) => resolve({ status: response.statusCode ?? 0, text: whole.toString() }),
        reject,
      );
    });
    sent.end(bytes);
  });
}
