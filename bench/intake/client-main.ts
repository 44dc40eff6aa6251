import { Agent, request } from "node:http";

/** What one client process is told: where, as whom, how much. */
export type ClientOrder = {
  readonly port: number;
  readonly key: string;
  readonly name: string;
  readonly batches: number;
  readonly batchSize: number;
  /** Requests open at once. */
  readonly lanes: number;
};

export type ClientReport = { readonly recorded: number; readonly verdicts: Record<string, number> };

/** A process of one reporter: makes its batches first, says `ready`, sends them when told, and says what was recorded. */
process.once("message", (order: ClientOrder) => {
  const bodies = Array.from({ length: order.batches }, (_, i) => batch(order, i));
  process.send?.("ready");
  process.once("message", () => void run(order, bodies));
});

async function run(order: ClientOrder, bodies: string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.lanes });
  const report = { recorded: 0, verdicts: {} as Record<string, number> };
  const lane = async (): Promise<void> => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
      const answer = await post(order, agent, body);
      report.recorded += Number(/"counts":\{"recorded":(\d+)/.exec(answer)?.[1] ?? 0);
    }
  };
  await Promise.all(Array.from({ length: order.lanes }, lane));
  process.send?.(report);
  process.disconnect();
}

function post({ port, key }: ClientOrder, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        agent,
        method: "POST",
        path: "/intake/v1/calls",
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        },
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("end", () => {
          const text = Buffer.concat(pieces).toString();
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${response.statusCode}: ${text}`));
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const models = ["gpt-5.5", "gpt-4o-2024-08-06", "gpt-5-mini", "o4-mini", "text-embedding-3-small"];
const hosts = ["eu.api.openai.com", "eu.api.openai.com", "eu.api.openai.com", "api.openai.com"];

/** Calls of the last ten minutes, as a recorder in an application would report them. */
function batch({ name, batchSize }: ClientOrder, n: number): string {
  const now = Date.now() - 600_000;
  return JSON.stringify(
    Array.from({ length: batchSize }, (_, i) => {
      const place = n * batchSize + i;
      const model = models[place % models.length] ?? "";
      const embeds = model.startsWith("text-");
      return {
        clientId: `${name}-${place}`,
        startedAt: new Date(now + ((place * 7_919) % 599_000)).toISOString(),
        durationMs: 300 + ((place * 31) % 4_000),
        host: hosts[place % hosts.length],
        method: "POST",
        path: embeds ? "/v1/embeddings" : "/v1/chat/completions",
        model,
        modelAnswered: model,
        stream: place % 3 === 0,
        store: false,
        requestRead: true,
        answerRead: true,
        storedStateRefs: [],
        usage: { inputTokens: 120 + (place % 900), outputTokens: embeds ? 0 : 20 + (place % 300) },
        status: 200,
        progress: "sent",
        ttftMs: 90 + (place % 400),
        requestBytes: 900 + (place % 3_000),
        responseBytes: 700 + (place % 2_000),
        echo: { requestId: `req_${name}_${place}`, projectId: "proj_bench" },
        responseId: `chatcmpl-${name}-${place}`,
      };
    }),
  );
}
