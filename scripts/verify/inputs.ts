import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import {
  fingerprint,
  readTrustRoot,
  type TrustRoot,
  TrustRootError,
} from "../../lib/core/ledger/trust-root.ts";
import { nodeCrypto } from "../../lib/services/ledger/node-crypto.ts";

/** What was asked for cannot be done: how the command is used, or which file cannot be read. Exit status 3. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** No proof and no trust root, however many logs it lists, is larger. */
const fileBytesMax = 64 * 1024 * 1024;

/** One file and the named options of a command; every option but `json` names a file. */
export function readArguments<const Option extends string>(
  args: readonly string[],
  options: readonly Option[],
  usage: string,
) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        ...Object.fromEntries(options.map((name) => [name, { type: "string" } as const])),
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError(`Name one file.\n${usage}`);
    const named = values as Partial<Record<Option, string>>;
    return { file, json: values.json === true, named };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

/** trust: a file from anywhere; what is not UTF-8 is not read. npm runs us in the checkout, so that paths count from where it was called. */
export function readText(name: string): string {
  const file = path.resolve(process.env.INIT_CWD ?? ".", name);
  let bytes: Buffer;
  try {
    if (fs.statSync(file).size > fileBytesMax) throw new Error("it is larger than any such file");
    bytes = fs.readFileSync(file);
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not a text in UTF-8.`);
  }
}

/** The trust root and the fingerprint of its bytes; null where none was named. */
export function readTrust(name: string | undefined): { root: TrustRoot; fingerprint: string } | null {
  if (name === undefined) return null;
  const text = readText(name);
  try {
    return {
      root: readTrustRoot(text),
      fingerprint: fingerprint(nodeCrypto, new TextEncoder().encode(text)),
    };
  } catch (error) {
    if (error instanceof TrustRootError) throw new UsageError(`${name} is no trust root: ${error.message}`);
    throw error;
  }
}
