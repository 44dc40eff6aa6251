import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
} from "node:http";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import type { GatewaySettings } from "../gateway/settings.ts";
import { openAuthority } from "../providers/simulated/authority.ts";
import {
  createGatewayWorld,
  type GatewayWorld,
  type RecordedRow,
  type WorldTenant,
} from "./gateway-world.ts";
import { startTlsBackend, type TlsBackend } from "./tls-backend.ts";

export const mib = 1024 * 1024;

export type SentHead = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
};

export type ExactRecord = RecordedRow & {
  facts: Record<string, unknown>;
  finish_reason: string | null;
  body_digest: unknown;
};

export type ExactAnswer = { status: number; headers: IncomingMessage["headers"]; body: Buffer };

type Pieces = Iterable<Buffer> | AsyncIterable<Buffer>;
type Wish = { tenant?: WorldTenant; method?: string; headers?: Record<string, string>; port?: number };

/** A gateway before a provider that a test plays itself, byte by byte. */
export type ExactWorld = {
  readonly world: GatewayWorld;
  /** For a gateway of another process: how it finds this provider, and whose certificates it trusts. */
  readonly environment: Readonly<Record<string, string>>;
  /** Asks for no place. */
  readonly lab: WorldTenant;
  /** Blocks; what is unknown is sent. */
  readonly bank: WorldTenant;
  /** Blocks; what is unknown is refused. */
  readonly strict: WorldTenant;
  /** What the provider does from now on; forgets the heads it has seen. */
  answerWith(listener: RequestListener): void;
  /** Heads that reached the provider. */
  heads(): readonly SentHead[];
  nextRecord(tenant: WorldTenant): Promise<ExactRecord>;
  /** Sends exact bytes, in these pieces. */
  send(url: string, pieces: Pieces, wish?: Wish): Promise<ExactAnswer>;
  stop(): Promise<void>;
};

const hosts = ["api.openai.com", "eu.api.openai.com"];

export async function createExactWorld(settings: Partial<GatewaySettings> = {}): Promise<ExactWorld> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "domicile-exact-"));
  const authority = await openAuthority(folder, hosts);
  const backends: TlsBackend[] = [];
  let heads: SentHead[] = [];
  let answer: RequestListener = takingAll;
  for (const host of hosts) {
    const certificate = authority.hosts[host];
    if (!certificate) throw new Error("No certificate was made.");
    const listener: RequestListener = (request, response) => {
      const { method = "", url = "", headers } = request;
      heads.push({ method, url, headers });
      answer(request, response);
    };
    backends.push(await startTlsBackend(certificate, listener));
  }
  const world = await createGatewayWorld({
    connectTo: hosts.map((host, at) => ({ host, address: "127.0.0.1", port: backends[at]?.port ?? 0 })),
    simulatedAuthorities: authority.ca,
    streamedBytesMax: 300 * mib,
    ...settings,
  });
  const pin = { kind: "processing", region: "eu" } as const;
  const lab = await world.addTenant({
    slug: "lab",
    preset: "no_location_requirement",
    secret: "sk-sim-global-lab",
    hosts: ["api.openai.com"],
  });
  const bank = await world.addTenant({ slug: "bank", preset: "eea_ch", secret: "sk-sim-eu-b", pin });
  const strict = await world.addTenant({
    slug: "strict",
    preset: "eea_ch_strict",
    secret: "sk-sim-eu-s",
    pin,
  });
  const counted = new Map<string, number>();
  return {
    world,
    environment: {
      DOMICILE_CONNECT_TO: hosts.map((host, at) => `${host}=127.0.0.1:${backends[at]?.port}`).join(),
      DOMICILE_EXTRA_CA: authority.caFile,
    },
    lab,
    bank,
    strict,
    answerWith(listener) {
      heads = [];
      answer = listener;
    },
    heads: () => heads,
    async nextRecord(tenant) {
      const calls = (counted.get(tenant.id) ?? 0) + 1;
      counted.set(tenant.id, calls);
      const row = (await world.recorded(tenant.id, calls))[calls - 1];
      if (!row) throw new Error("Nothing was recorded.");
      return row as ExactRecord;
    },
    send: (url, pieces, { tenant = lab, method = "POST", headers = {}, port } = {}) =>
      sendPieces(
        { port: port ?? world.gateway.port, path: url, method },
        { authorization: `Bearer ${tenant.key}`, ...headers },
        pieces,
      ),
    async stop() {
      await world.stop();
      for (const backend of backends) await backend.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A provider that takes whatever comes. */
export const takingAll: RequestListener = (request, response) => {
  request.resume();
  request.on("end", () => response.setHeader("content-type", "application/json").end("{}"));
};

/** Takes what comes and answers with its hash, so that not one byte may differ. */
export const hashing: RequestListener = (request, response) => {
  const hash = createHash("sha256");
  request.on("data", (chunk) => hash.update(chunk));
  request.on("end", () => response.end(hash.digest("hex")));
};

export function sha256(...pieces: Buffer[]): string {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}

export const errorCodeOf = ({ body }: ExactAnswer): string => JSON.parse(body.toString()).error.code;

/** Pieces of a form with the boundary `xx`. */
export const form = {
  type: { "content-type": "multipart/form-data; boundary=xx" },
  field: (name: string, value: string): Buffer =>
    Buffer.from(`--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  file: Buffer.from('--xx\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'),
  line: Buffer.from("\r\n"),
  end: Buffer.from("--xx--\r\n"),
} as const;

type Target = { port: number; path: string; method: string };

function sendPieces(target: Target, headers: Record<string, string>, pieces: Pieces): Promise<ExactAnswer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ ...target, headers, agent: false });
    sent.on("error", reject);
    sent.on("response", (response) => {
      buffer(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    });
    void (async () => {
      for await (const piece of pieces) {
        if (sent.destroyed) return;
        if (!sent.write(piece)) await drained(sent);
      }
      sent.end();
    })();
  });
}

/** Until more may be written, or nothing may any more. */
function drained(sent: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      sent.off("drain", go);
      sent.off("close", go);
      resolve();
    };
    sent.on("drain", go);
    sent.on("close", go);
  });
}
