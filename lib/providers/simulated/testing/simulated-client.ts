import { readFileSync } from "node:fs";
import OpenAI from "openai";
import { Agent, buildConnector, type Dispatcher, fetch, type Response } from "undici";

export type SimulatedClient = {
  /** The unmodified client, told nothing but base URL and key. It does not retry. */
  openai(host: string, key: string): OpenAI;
  /** The same with an organization's admin key, at the global host. */
  admin(key: string): OpenAI;
  get(url: string, key: string): Promise<Response>;
  post(url: string, key: string, body: object, options?: DialOptions): Promise<Response>;
  /** A body as it is, sent as JSON. */
  postText(url: string, key: string, body: string, options?: DialOptions): Promise<Response>;
  close(): Promise<void>;
};

export type DialOptions = {
  readonly tlsName?: string;
  readonly trust?: "system";
  readonly signal?: AbortSignal;
};

/** A client for tests that finds the hosts at the simulated provider's port and trusts its authority. */
export function openSimulatedClient(provider: {
  readonly port: number;
  readonly caFile: string;
}): SimulatedClient {
  const agents: Agent[] = [];
  const newAgent = (options: DialOptions = {}): Agent => {
    const connect = buildConnector({
      ...(options.trust === "system" ? {} : { ca: readFileSync(provider.caFile) }),
    });
    const agent = new Agent({
      connect: (request, done) =>
        connect(
          {
            ...request,
            hostname: "127.0.0.1",
            host: "127.0.0.1",
            port: String(provider.port),
            servername: options.tlsName ?? request.hostname,
          },
          done,
        ),
    });
    agents.push(agent);
    return agent;
  };
  const shared: Dispatcher = newAgent();
  const postText = (url: string, key: string, body: string, options?: DialOptions): Promise<Response> =>
    fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body,
      redirect: "manual",
      dispatcher: options?.tlsName || options?.trust ? newAgent(options) : shared,
      ...(options?.signal ? { signal: options.signal } : {}),
    });
  return {
    admin: (key) =>
      new OpenAI({
        baseURL: "https://api.openai.com/v1",
        apiKey: null,
        adminAPIKey: key,
        maxRetries: 0,
        fetch: fetchThrough(shared),
      }),
    get: (url, key) =>
      fetch(url, { headers: { authorization: `Bearer ${key}` }, redirect: "manual", dispatcher: shared }),
    openai: (host, key) =>
      new OpenAI({
        baseURL: `https://${host}/v1`,
        apiKey: key,
        maxRetries: 0,
        fetch: fetchThrough(shared),
      }),
    post: (url, key, body, options) => postText(url, key, JSON.stringify(body), options),
    postText,
    close: async () => {
      await Promise.all(agents.map((agent) => agent.destroy()));
    },
  };
}

/** The client makes forms of the platform's own kind, which this version of undici takes as bytes only. */
function fetchThrough(dispatcher: Dispatcher): typeof globalThis.fetch {
  const through = async (url: string, init: { body?: unknown; headers?: HeadersInit }) => {
    if (!(init.body instanceof FormData)) return fetch(url, { ...(init as object), dispatcher });
    const form = new globalThis.Response(init.body);
    const headers = new Headers(init.headers);
    headers.set("content-type", form.headers.get("content-type") ?? "");
    const body = await form.arrayBuffer();
    return fetch(url, { ...(init as object), headers: [...headers], body, dispatcher });
  };
  // The client asks the class of answers whether forms are understood.
  return Object.assign(through, { Response: globalThis.Response }) as unknown as typeof globalThis.fetch;
}
