import fs from "node:fs";

/** What the server's log says about its end, in words for the person at the terminal. */
export function failureOf(logFile: string, port: number, home: string, from = 0): string {
  const log = fs.existsSync(logFile) ? fs.readFileSync(logFile, "utf8").slice(from) : "";
  const tail = log.trimEnd().split("\n").slice(-15).join("\n");
  if (/No space left on device/.test(tail)) {
    return `The disk is full: PostgreSQL stopped. Free some space on the disk of ${home} and start again.`;
  }
  if (/Address already in use|could not bind/.test(tail)) {
    return `Port ${port} for PostgreSQL is taken by another program. Set PGPORT to a free port, or unset it and one is chosen.`;
  }
  if (/initialized by PostgreSQL version|incompatible with server/.test(tail)) {
    return `The database in ${home} was made by another version of PostgreSQL and cannot be opened by this one.\n${tail}`;
  }
  return `PostgreSQL stopped. The end of ${logFile}:\n${tail || "(empty)"}`;
}
