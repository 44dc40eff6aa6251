/**
 * Most of what a gateway makes in memory lives as long as one call: in a young generation of Node's usual size it is copied
 * several times before it dies. Applies to each of the process' threads.
 */
export const gatewayNodeArgs: readonly string[] = ["--max-semi-space-size=64"];
