"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { callTailQuery, refreshCalls, type TailStart, tailMax } from "../../lib/client/calls.ts";
import { followCallTail } from "../../lib/client/follow-calls.ts";
import type { CallFilters } from "../../lib/contracts/call-parsers.ts";
import type { CallListItem, CallPage } from "../../lib/contracts/calls.ts";

const liveEveryMs = 1_500;
const pausedEveryMs = 4_000;
const noItems: readonly CallListItem[] = [];

type Seen = { readonly from: string | null; readonly calls: number; readonly upTo: string | null };

export type CallTailState = {
  /** New calls the reader has let in, newest record first. */
  readonly shown: readonly CallListItem[];
  /** Where recording stood when the newest of them was let in; of no call after it does the screen know. */
  readonly upTo: string | null;
  /** New calls that wait for a click. */
  readonly waiting: number;
  /** True when more arrived than are kept: `waiting` is then "at least". */
  readonly full: boolean;
  readonly show: () => void;
  readonly failed: boolean;
};

/**
 * Calls recorded since the list was read. While live they flow in; otherwise they are counted and
 * wait, so that nothing moves under the reader's eyes. While live the server tells them; where that
 * does not work, and while paused, the browser asks.
 *
 * `page` null: none has been read yet, or its window is closed and nothing new can belong to it.
 */
export function useCallTail(filters: CallFilters, page: CallPage | null, live: boolean): CallTailState {
  const from = page?.liveCursor ?? null;
  const since = page?.window.from ?? "";
  const client = useQueryClient();
  // Counted from the oldest, because the newest stand in front: a position that stays while items arrive.
  const [seen, setSeen] = useState<Seen>({ from, calls: 0, upTo: from });
  const [streaming, setStreaming] = useState(false);
  const everyMs = live ? liveEveryMs : pausedEveryMs;
  const tail = useQuery({
    ...callTailQuery(filters, { cursor: from ?? "", since }, live && streaming ? false : everyMs),
    enabled: from !== null,
  });
  const items = (from === null ? undefined : tail.data?.items) ?? noItems;
  const full = items.length >= tailMax;
  const reached = (from === null ? undefined : tail.data?.cursor) ?? from;
  const seenCalls = live ? items.length : seen.from === from ? seen.calls : 0;

  // The words of the search, because the object is a new one with each render.
  const question = JSON.stringify(filters);
  useEffect(() => {
    if (!live || from === null) return;
    const start: TailStart = { cursor: from, since };
    const stop = followCallTail(client, JSON.parse(question) as CallFilters, start, setStreaming);
    return () => {
      stop?.();
      setStreaming(false);
    };
  }, [client, question, from, since, live]);

  // More than the tail keeps: the list is read again from the top, else a gap would lie between the two.
  useEffect(() => {
    if (live && full) void refreshCalls(client);
  }, [live, full, client]);

  return {
    shown: items.slice(items.length - seenCalls),
    upTo: live ? reached : seen.from === from ? seen.upTo : from,
    waiting: items.length - seenCalls,
    full,
    show: () => {
      if (full) void refreshCalls(client);
      else setSeen({ from, calls: items.length, upTo: reached });
    },
    failed: tail.isError && !(live && streaming),
  };
}
