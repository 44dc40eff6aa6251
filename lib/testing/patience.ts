import { vi } from "vitest";

const { waitFor } = vi;

/** Setup file of every test: what is waited for comes when the machine comes to it, which is no part of any test. */
const patiently: typeof waitFor = (action, options) =>
  waitFor(action, { timeout: 60_000, ...(typeof options === "number" ? { timeout: options } : options) });

// Files that share a process share this, too.
if (waitFor.name !== patiently.name) vi.waitFor = patiently;
