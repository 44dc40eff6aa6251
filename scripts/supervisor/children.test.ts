import os from "node:os";
import { describe, expect, it } from "vitest";
import { runTracked } from "./children.ts";

const sayPriority = ["-p", "os.getPriority()"];

describe.skipIf(process.platform === "win32")("a child that is run to its end", () => {
  it("has our place in the queue for the processors, and the last one when it is patient", async () => {
    const ours = `${os.getPriority()}`;
    expect((await runTracked("node", process.execPath, sayPriority)).trim()).toBe(ours);
    const patient = await runTracked("node", process.execPath, sayPriority, { isPatient: true });
    expect(patient.trim()).toBe(`${os.constants.priority.PRIORITY_LOW}`);
  });
});
