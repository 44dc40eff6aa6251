/**
 * Most of what a gateway makes in memory lives as long as one call: in a young generation of Node's usual size it is copied
 * several times before it dies. Applies to each of the process' threads.
 */
export const gatewayNodeArgs: readonly string[] = ["--max-semi-space-size=64"];

/** A worker carries millions of entries from the store into packs: what it is done with is to go soon. */
export const workerNodeArgs: readonly string[] = ["--max-semi-space-size=8"];

/** glibc keeps what is freed in a pool per thread, and gives it back late; other C libraries do not read these. */
export const workerMemoryEnv = { MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "1000000" } as const;
