import { expect, it } from "vitest";
import { createOpenSessions } from "./open-sessions.ts";
import type { SessionEnd, SessionPipe } from "./pipe-session.ts";

/** A session that ends when it is told to, or only when it is cut off. */
function session({ answers }: { answers: boolean }) {
  const heard: string[] = [];
  let end = (_: SessionEnd): void => undefined;
  const closed = new Promise<SessionEnd>((resolve) => {
    end = resolve;
  });
  const pipe: SessionPipe = {
    tell: () => undefined,
    close: (code) => {
      heard.push(`close ${code}`);
      if (answers) end({ by: "gateway", code });
    },
    terminate: () => {
      heard.push("terminate");
      end({ by: "gateway", code: 1012 });
    },
    closed,
  };
  return { pipe, heard };
}

it("says goodbye to every session, and cuts off who does not answer", async () => {
  const open = createOpenSessions({ pingEveryMs: 1_000, messageBytesMax: 1_000 });
  const [awake, asleep] = [session({ answers: true }), session({ answers: false })];
  open.add(awake.pipe);
  open.add(asleep.pipe);
  await open.closeAll(30);
  expect(awake.heard).toEqual(["close 1012"]);
  expect(asleep.heard).toEqual(["close 1012", "terminate"]);
});

it("says it to a session that opens later, too", async () => {
  const open = createOpenSessions({ pingEveryMs: 1_000, messageBytesMax: 1_000 });
  await open.closeAll(30);
  const late = session({ answers: false });
  open.add(late.pipe);
  await late.pipe.closed;
  expect(late.heard).toEqual(["close 1012", "terminate"]);
});
