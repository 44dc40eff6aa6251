import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type ByteBudget, createByteBudget } from "./byte-budget.ts";
import { BodyUnreadable, readBody } from "./read-body.ts";

let server: Server | null = null;
afterEach(stop);

async function stop(): Promise<void> {
  const stopping = server;
  server = null;
  if (!stopping) return;
  const closed = new Promise((resolve) => stopping.close(resolve));
  stopping.closeAllConnections();
  await closed;
}

async function read(
  send: (port: number) => void,
  budget: ByteBudget = createByteBudget(10_000),
): Promise<string> {
  return new Promise((resolve) => {
    const started = createServer((incoming, response) => {
      readBody(incoming, { bodyBytesMax: 1_000, budget }, 2_000).then(
        (held) => {
          held.release();
          held.release();
          resolve(`${held.bytes.byteLength} bytes`);
          response.end();
        },
        (error: unknown) => {
          resolve(error instanceof BodyUnreadable ? error.problem : String(error));
          response.end();
        },
      );
    });
    server = started;
    started.listen(0, "127.0.0.1", () => send((started.address() as AddressInfo).port));
  });
}

const post =
  (body: Buffer, headers = {}) =>
  (port: number): void => {
    request({ port, method: "POST", headers })
      .on("error", () => {})
      .end(body);
  };

describe("readBody", () => {
  it.each([
    [0, "0 bytes"],
    [1_000, "1000 bytes"],
    [1_001, "too_large"],
  ])("takes %i bytes as %s", async (bytes, outcome) => {
    expect(await read(post(Buffer.alloc(bytes)))).toBe(outcome);
    await stop();
    expect(await read(post(Buffer.alloc(bytes), { "transfer-encoding": "chunked" }))).toBe(outcome);
  });

  it("takes no body beyond the budget of all, and gives the budget back exactly once", async () => {
    const budget = createByteBudget(500);
    expect(await read(post(Buffer.alloc(600)), budget)).toBe("over_budget");
    expect(budget.held()).toBe(0);
    await stop();
    expect(await read(post(Buffer.alloc(400)), budget)).toBe("400 bytes");
    expect(budget.held()).toBe(0);
  });

  it("notices a client that goes away in the middle", async () => {
    const budget = createByteBudget(10_000);
    const outcome = await read((port) => {
      const half = request({ port, method: "POST", headers: { "content-length": 800 } });
      half.on("error", () => {});
      half.write(Buffer.alloc(300));
      const leave = (): unknown => (budget.held() > 0 ? half.destroy() : setTimeout(leave, 5));
      leave();
    }, budget);
    expect(outcome).toBe("aborted");
    expect(budget.held()).toBe(0);
  });
});
