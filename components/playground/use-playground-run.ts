"use client";

import { useEffect, useReducer, useRef } from "react";
import { type CallRoute, type PlaygroundEnd, sendPrompt } from "../../lib/client/playground.ts";
import type { PlaygroundInput } from "../../lib/contracts/playground.ts";

export type RunState = {
  /** `sending`: no head of an answer yet. */
  readonly phase: "idle" | "sending" | "streaming" | "ended";
  readonly route: CallRoute | null;
  readonly text: string;
  /** Milliseconds from sending to the first piece of text. */
  readonly firstTextMs: number | null;
  readonly totalMs: number | null;
  readonly end: PlaygroundEnd | null;
};

export type PlaygroundRun = {
  readonly state: RunState;
  readonly isRunning: boolean;
  readonly send: (input: PlaygroundInput) => Promise<void>;
  readonly stop: () => void;
  /** Forgets the last answer; a running one is stopped. */
  readonly reset: () => void;
};

/** One prompt to one target at a time. Leaving the page stops it, and with it the call to the provider. */
export function usePlaygroundRun(): PlaygroundRun {
  const [state, dispatch] = useReducer(reduce, idle);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const abort = () => {
    current.current?.abort();
    current.current = null;
  };
  const send = async (input: PlaygroundInput) => {
    abort();
    const mine = new AbortController();
    current.current = mine;
    // What a run that was replaced still says is not heard.
    const tell = (event: RunEvent) => {
      if (current.current === mine) dispatch(event);
    };
    const began = performance.now();
    const elapsed = () => Math.round(performance.now() - began);
    dispatch({ kind: "sent" });
    const end = await sendPrompt(
      input,
      {
        onRoute: (route) => tell({ kind: "routed", route }),
        onText: (text) => tell({ kind: "said", text, ms: elapsed() }),
      },
      mine.signal,
    );
    tell({ kind: "ended", end, ms: elapsed() });
  };
  return {
    state,
    isRunning: state.phase === "sending" || state.phase === "streaming",
    send,
    stop: () => current.current?.abort(),
    reset: () => {
      abort();
      dispatch({ kind: "reset" });
    },
  };
}

type RunEvent =
  | { readonly kind: "reset" | "sent" }
  | { readonly kind: "routed"; readonly route: CallRoute }
  | { readonly kind: "said"; readonly text: string; readonly ms: number }
  | { readonly kind: "ended"; readonly end: PlaygroundEnd; readonly ms: number };

const idle: RunState = {
  phase: "idle",
  route: null,
  text: "",
  firstTextMs: null,
  totalMs: null,
  end: null,
};

function reduce(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case "reset":
      return idle;
    case "sent":
      return { ...idle, phase: "sending" };
    case "routed":
      return { ...state, phase: "streaming", route: event.route };
    case "said":
      return { ...state, text: state.text + event.text, firstTextMs: state.firstTextMs ?? event.ms };
    case "ended":
      return { ...state, phase: "ended", end: event.end, totalMs: event.ms };
  }
}
