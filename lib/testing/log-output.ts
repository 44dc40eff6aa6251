import { vi } from "vitest";
import { log } from "../log.ts";

/** Everything the log writes while `action` runs, as it would stand in the file. */
export async function logOutput(action: () => unknown): Promise<string> {
  const level = log.level;
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  log.level = "trace";
  try {
    await action();
    // Lines of one turn leave together, at its end.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    log.level = level;
    spy.mockRestore();
  }
  return written.join("");
}
