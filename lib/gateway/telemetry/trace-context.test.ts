import { describe, expect, it } from "vitest";
import { readTraceContext, traceHeaders } from "./trace-context.ts";

const parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

describe("readTraceContext", () => {
  it.each([
    ["a parent alone", { traceparent: parent }],
    [
      "a parent and its state",
      { traceparent: parent, tracestate: "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE" },
    ],
    ["a state of two tenants", { traceparent: parent, tracestate: "fw529a3039@dt=FfwAA , a=b c" }],
    ["a version to come", { traceparent: `cc${parent.slice(2)}-what-the-future-holds` }],
  ])("passes %s as it came", (_what, headers) => {
    expect(traceHeaders(readTraceContext(headers))).toEqual(headers);
  });

  it.each([
    ["nothing", undefined],
    ["an empty text", ""],
    ["two of them", `${parent}, ${parent}`],
    ["capitals", parent.toUpperCase()],
    ["a forbidden version", `ff${parent.slice(2)}`],
    ["more than version 00 has", `${parent}-00`],
    ["a trace of nothing", `00-${"0".repeat(32)}-b7ad6b7169203331-01`],
    ["a parent of nothing", `00-0af7651916cd43dd8448eb211c80319c-${"0".repeat(16)}-01`],
    ["a letter that is no digit", parent.replace("a", "g")],
    ["blanks around", ` ${parent} `],
    ["a prompt", "Where are you?"],
  ])("drops a traceparent of %s, and its state with it", (_what, traceparent) => {
    const headers = traceparent === undefined ? {} : { traceparent };
    expect(readTraceContext({ ...headers, tracestate: "a=b" })).toBeNull();
  });

  it.each([
    ["a text", "Where are you?"],
    ["no value", "a="],
    ["a key in capitals", "A=b"],
    ["the same key twice", "a=1,a=2"],
    ["33 of them", Array.from({ length: 33 }, (_, at) => `k${at}=v`).join()],
    ["more than 512 letters", `a=${"b".repeat(256)},c=${"d".repeat(256)}`],
    ["an equals sign in a value", "a=b=c"],
  ])("drops a tracestate of %s, and keeps the parent", (_what, tracestate) => {
    expect(readTraceContext({ traceparent: parent, tracestate })).toEqual({
      traceparent: parent,
      tracestate: null,
    });
  });
});
