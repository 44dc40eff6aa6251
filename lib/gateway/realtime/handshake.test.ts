import { describe, expect, it } from "vitest";
import { readHandshake } from "./handshake.ts";

const offer = (list: string) => readHandshake({ "sec-websocket-protocol": list });

describe("readHandshake", () => {
  it("takes the keys out of the subprotocols", () => {
    const { headers, protocols } = offer("realtime, openai-insecure-api-key.sk-sim-a, domicile-key.dom_b");
    expect(protocols).toEqual(["realtime"]);
    expect(headers).toMatchObject({ authorization: "Bearer sk-sim-a", "x-domicile-key": "dom_b" });
  });

  it("offers none where none was offered", () => {
    expect(readHandshake({}).protocols).toEqual([]);
  });

  it.each(["realtime, realtime", "realtime,", "", "two words", "realtime, a/b"])(
    "refuses %j, which no side of a handshake would take",
    (list) => {
      expect(() => offer(list)).toThrow(expect.objectContaining({ code: "invalid_http" }));
    },
  );
});
