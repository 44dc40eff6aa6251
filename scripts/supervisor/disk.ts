import fs from "node:fs";
import { OperatorError } from "../state/operator-error.ts";

/** Refuses up front what would otherwise fail in the middle, with half of everything written. */
export function requireFreeSpace(folder: string, neededMb: number, freeMb = freeSpaceMb(folder)): void {
  if (freeMb >= neededMb) return;
  throw new OperatorError(
    `The disk of ${folder} is full: ${Math.floor(freeMb)} MB are free, ${neededMb} MB are needed. Make room and start again.`,
  );
}

function freeSpaceMb(folder: string): number {
  const { bavail, bsize } = fs.statfsSync(folder);
  return (bavail * bsize) / 1024 / 1024;
}
