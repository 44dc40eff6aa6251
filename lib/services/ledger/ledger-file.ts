import type { LogRef } from "./log-for.ts";

/** A text to keep: what it is called and what it holds. */
export type LedgerFile = { readonly name: string; readonly text: string };

/** `nordbank-apps-e1-7068.checkpoint`: whose log, which epoch, and what. */
export function fileName({ tenant }: Pick<LogRef, "tenant">, epoch: number, rest: string): string {
  return `${tenant ?? "system"}-e${epoch}-${rest}`;
}
