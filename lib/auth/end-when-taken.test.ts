import { describe, expect, it, vi } from "vitest";
import { endWhenTaken } from "./end-when-taken.ts";

const streamed = (parts: readonly string[], failure?: Error) => {
  const left = [...parts];
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = left.shift();
      if (part !== undefined) controller.enqueue(new TextEncoder().encode(part));
      else if (failure) controller.error(failure);
      else controller.close();
    },
  });
};

describe("what is counted until its answer was taken", () => {
  it("ends behind the last byte and not before, and the answer stays what it was", async () => {
    const end = vi.fn();
    const answer = endWhenTaken(
      new Response(streamed(["a", "b"]), { status: 201, headers: { x: "y" } }),
      end,
    );
    expect([answer.status, answer.headers.get("x")]).toEqual([201, "y"]);
    const reader = answer.body?.getReader();
    await reader?.read();
    expect(end).not.toHaveBeenCalled();
    await reader?.read();
    expect((await reader?.read())?.done).toBe(true);
    expect(end).toHaveBeenCalledTimes(1);
  });

  it("ends where its reader gives up, and has the source end as well", async () => {
    const end = vi.fn();
    const cancel = vi.fn();
    const answer = endWhenTaken(new Response(new ReadableStream({ cancel })), end);
    await answer.body?.cancel();
    expect(end).toHaveBeenCalledTimes(1);
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  it("ends where making it fails, and still breaks off", async () => {
    const end = vi.fn();
    const answer = endWhenTaken(new Response(streamed(["a"], new Error("broken"))), end);
    await expect(answer.text()).rejects.toThrow("broken");
    expect(end).toHaveBeenCalledTimes(1);
  });

  it("ends where nobody takes anything for two minutes, breaks off, and has the source end as well", async () => {
    vi.useFakeTimers();
    const end = vi.fn();
    const cancel = vi.fn();
    const pull = (controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array(1));
    const answer = endWhenTaken(new Response(new ReadableStream({ pull, cancel })), end);
    const reader = answer.body?.getReader();
    for (let piece = 0; piece < 3; piece++) {
      await reader?.read();
      await vi.advanceTimersByTimeAsync(119_000);
    }
    expect(end).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(end).toHaveBeenCalledTimes(1);
    expect(cancel).toHaveBeenCalledTimes(1);
    await expect(reader?.read()).rejects.toThrow("Nobody took");
    vi.useRealTimers();
  });

  it("ends at once without a body", () => {
    const end = vi.fn();
    endWhenTaken(new Response(null, { status: 204 }), end);
    expect(end).toHaveBeenCalledTimes(1);
  });
});
