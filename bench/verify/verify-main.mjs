// A process of its own, so that its memory is the verifier's alone: runs the file that is offered for download as a stranger
// does, `verify-main.mjs VERIFIER.mjs PACK.zip --trust trust-root.json --json`, and says how long it took on standard error.
import process from "node:process";
import { pathToFileURL } from "node:url";

const [verifier] = process.argv.splice(2, 1);
const began = performance.now();
await import(pathToFileURL(verifier).href);
const ms = performance.now() - began;
process.stderr.write(JSON.stringify({ ms, maxRssKb: process.resourceUsage().maxRSS }));
