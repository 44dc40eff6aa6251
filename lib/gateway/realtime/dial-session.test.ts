import { Duplex } from "node:stream";
import { expect, it } from "vitest";
import type { Dialler } from "../upstream/dialler.ts";
import { dialSession, type SessionTarget } from "./dial-session.ts";

/** A connection whose other side takes everything and says nothing. */
function silent() {
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _coding, done) => done() });
  return { socket, dialler: { connect: async () => socket } as unknown as Dialler };
}

const target: SessionTarget = {
  host: "eu.api.openai.com",
  path: "/v1/realtime",
  headers: {},
  protocols: ["realtime"],
  handshakeMsMax: 20_000,
  gone: new AbortController().signal,
  messageBytesMax: 1_000,
};

it("leaves no socket behind where the handshake cannot even be written", async () => {
  const { socket, dialler } = silent();
  const broken = { ...target, protocols: ["realtime", "realtime"] };
  await expect(dialSession(dialler, broken)).rejects.toThrow(SyntaxError);
  expect(socket.destroyed).toBe(true);
});

it("gives up a handshake that is not answered in time", async () => {
  const { socket, dialler } = silent();
  const dialled = await dialSession(dialler, { ...target, handshakeMsMax: 50 });
  expect(dialled).toMatchObject({ kind: "refused", answer: null, dial: { seen: { failure: "idle" } } });
  expect(socket.destroyed).toBe(true);
});

it("gives up one whose answer does not come to its end", async () => {
  const { socket, dialler } = silent();
  const trickle = setInterval(() => socket.push("x"), 10);
  setTimeout(() => socket.push("HTTP/1.1 503 Later\r\ncontent-length: 1000000\r\n\r\n"), 1);
  const dialled = await dialSession(dialler, { ...target, handshakeMsMax: 100 });
  clearInterval(trickle);
  expect(dialled).toMatchObject({
    kind: "refused",
    answer: null,
    dial: { seen: { status: 503, failure: "idle" } },
  });
  expect(socket.destroyed).toBe(true);
});

it("gives up when the caller leaves, and asks for nothing where it has left before", async () => {
  for (const afterMs of [0, 50]) {
    const { socket, dialler } = silent();
    const leaving = new AbortController();
    if (afterMs === 0) leaving.abort();
    else setTimeout(() => leaving.abort(), afterMs);
    const dialled = await dialSession(dialler, { ...target, gone: leaving.signal });
    const progress = afterMs === 0 ? "not_sent" : "partial";
    expect(dialled).toMatchObject({
      kind: "refused",
      answer: null,
      dial: { seen: { failure: "aborted", progress } },
    });
    expect(socket.destroyed).toBe(true);
  }
});
