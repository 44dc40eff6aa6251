import fs from "node:fs";
import path from "node:path";

/**
 * A vector file as it stands. Integers beyond 2^53, which JSON.parse would round without a word, are quoted first and come
 * as strings.
 */
export function readVectors<T>(file: string): T {
  const text = fs.readFileSync(file, "utf8");
  return JSON.parse(text.replace(tokens, (token) => (isBig(token) ? `"${token}"` : token))) as T;
}

/** Every JSON file below a folder, in order, by its path from there. */
export function jsonFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.split(path.sep).join("/"))
    .sort();
}

/** A string, so that digits within are left alone, or a number. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

const isBig = (token: string): boolean => /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token));
