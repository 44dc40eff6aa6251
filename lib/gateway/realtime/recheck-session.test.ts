import { beforeEach, describe, expect, it } from "vitest";
import type { CallRecord } from "../../core/calls/call-record.ts";
import type { Policy } from "../../core/policies/policy.ts";
import type { TenantConfig } from "../../services/gateway-config/load-tenant-config.ts";
import { europeanConfig, europeanPolicy, sessionDraft } from "../../testing/session-world.ts";
import { GatewayRefusal } from "../answer-error.ts";
import { ConfigStale } from "../config-cache.ts";
import type { Gateway } from "../gateway.ts";
import { type IntentNumber, IntentUnavailable } from "../intents.ts";
import { planSession, type SessionState } from "./plan-session.ts";
import { type OpenSession, recheckSession } from "./recheck-session.ts";

const old = europeanConfig(europeanPolicy());
const stricter = (changes: Partial<Policy> = {}): TenantConfig =>
  europeanConfig(europeanPolicy({ deniedFeatures: ["web_search"], ...changes }), europeanPolicy());

let config: () => Promise<TenantConfig | null>;
let openIntent: () => Promise<IntentNumber>;
let spooled: boolean;
let places: number;
let isFull: boolean;
let records: CallRecord[];
let state: SessionState;
let isOver: boolean;

beforeEach(() => {
  config = async () => stricter();
  openIntent = async () => ({ bootId: "b", n: 1 });
  spooled = false;
  places = 0;
  isFull = false;
  records = [];
  state = { json: { model: "gpt-realtime-2" }, unread: false };
  isOver = false;
});

function recheck() {
  const closing = {
    reserve: () => {
      if (!isFull) places += 1;
      return !isFull;
    },
    release: () => {
      places -= 1;
    },
    add: (record: CallRecord) => {
      places -= 1;
      records.push(record);
    },
  };
  const gateway = {
    identifier: { config: { tenant: () => config(), isConfirmed: () => true } },
    intents: { open: () => openIntent() },
    spool: spooled ? { open: async () => ({ bootId: "s", n: 1 }) } : null,
    closing,
    metrics: { intents: () => undefined },
  } as unknown as Gateway;
  const draft = sessionDraft(old);
  const call = planSession(draft, state);
  if (call instanceof GatewayRefusal) throw call;
  const session: OpenSession = {
    draft,
    by: { headers: { "x-domicile-key": undefined }, address: "127.0.0.1" },
    call: () => call,
    state: () => state,
    isOver: () => isOver,
  };
  return recheckSession(gateway, session);
}

const endOf = (code: number, refusal: string) => ({
  kind: "end",
  code,
  refusal: expect.objectContaining({ code: refusal }),
});

describe("an open session", () => {
  it("goes on as it is under the policy that let it in", async () => {
    config = async () => old;
    expect(await recheck()).toEqual({ kind: "same" });
    expect(places).toBe(0);
  });

  it("goes on under another as a call of its own, that has its intent and its place", async () => {
    const found = await recheck();
    expect(found).toMatchObject({
      kind: "new",
      opened: { intent: { n: 1 }, call: { route: { policy: { version: 2 } } } },
    });
    expect([places, records]).toEqual([1, []]);
  });

  it.each([
    ["for a moment: it goes on", new Error("away"), { kind: "same" }],
    ["for longer than a policy holds: it ends", new ConfigStale("old"), endOf(1013, "policy_stale")],
  ])("whose configuration cannot be read %s", async (_, error, expected) => {
    config = () => Promise.reject(error);
    expect(await recheck()).toEqual(expected);
  });

  it("ends where its provider key was revoked", async () => {
    config = async () => ({ ...stricter(), credentials: [] });
    expect(await recheck()).toEqual(endOf(1008, "no_provider_credential"));
  });
});

describe("a new call that cannot be opened", () => {
  it("ends the session; a number in doubt gets its record", async () => {
    openIntent = () => Promise.reject(new IntentUnavailable({ bootId: "b", n: 7 }, new Error("slow")));
    expect(await recheck()).toEqual(endOf(1013, "evidence_unavailable"));
    expect(records).toMatchObject([{ intent: { n: 7 }, end: "refused" }]);
    expect(places).toBe(0);
  });

  it("ends the session where the close queue is full", async () => {
    isFull = true;
    expect(await recheck()).toEqual(endOf(1013, "evidence_unavailable"));
  });

  it("is spooled where the policy says so, under another id where the number is in doubt", async () => {
    spooled = true;
    config = async () => stricter({ onEvidenceLoss: "spool" });
    openIntent = () => Promise.reject(new IntentUnavailable({ bootId: "b", n: 7 }, new Error("slow")));
    const found = await recheck();
    expect(found).toMatchObject({
      kind: "new",
      opened: { intent: { bootId: "s" }, call: { gap: "spooled" } },
    });
    const [given] = records;
    expect(given?.intent).toEqual({ bootId: "b", n: 7 });
    expect(found.kind === "new" && found.opened.call.id).not.toBe(given?.id);
    expect(places).toBe(1);
  });
});

describe("what happens while the intent is written", () => {
  const meanwhile = (happens: () => void): void => {
    openIntent = async () => {
      happens();
      return { bootId: "b", n: 1 };
    };
  };

  it("the session ends: the new number is recorded as one under which nothing was sent", async () => {
    meanwhile(() => {
      isOver = true;
    });
    expect(await recheck()).toEqual({ kind: "same" });
    expect(records).toMatchObject([{ intent: { n: 1 }, attempts: [{ progress: "not_sent" }] }]);
    expect(places).toBe(0);
  });

  it("it asks for more, which the new policy allows: the new call has it", async () => {
    meanwhile(() => {
      state = {
        ...state,
        json: { ...state.json, tools: [{ type: "mcp", server_url: "https://a.example" }] },
      };
    });
    config = async () => stricter({ enforcement: { mode: "observe", until: null } });
    expect(await recheck()).toMatchObject({
      kind: "new",
      opened: { call: { reading: { featuresOffered: ["mcp"], toolHosts: ["a.example"] } } },
    });
  });

  it("it asks for more, which the new policy refuses: it ends, and the number is recorded", async () => {
    meanwhile(() => {
      state = { ...state, json: { ...state.json, tools: [{ type: "web_search" }] } };
    });
    expect(await recheck()).toEqual(endOf(1008, "feature_not_eligible"));
    expect(records).toMatchObject([
      { intent: { n: 1 }, end: "refused", attempts: [{ progress: "refused" }] },
    ]);
    expect(places).toBe(0);
  });
});
