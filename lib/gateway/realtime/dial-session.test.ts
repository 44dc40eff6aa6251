import { Duplex } from "node:stream";
import { expect, it } from "vitest";
import type { Dialler } from "../upstream/dialler.ts";
import { dialSession } from "./dial-session.ts";

it("leaves no socket behind where the handshake cannot even be written", async () => {
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _coding, done) => done() });
  const dialler = { connect: async () => socket } as unknown as Dialler;
  const target = {
    host: "eu.api.openai.com",
    path: "/v1/realtime",
    headers: {},
    protocols: ["realtime", "realtime"],
    handshakeMsMax: 1_000,
    messageBytesMax: 1_000,
  };
  await expect(dialSession(dialler, target)).rejects.toThrow(SyntaxError);
  expect(socket.destroyed).toBe(true);
});
