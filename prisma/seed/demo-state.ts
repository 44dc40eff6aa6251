import fs from "node:fs";
import path from "node:path";

/**
 * What a seed has made so far and cannot read back: secrets are shown once. Kept in `DOMICILE_HOME` with
 * mode 0600, so that a run cut short can be taken up again; emptied of secrets when all is done.
 */
export type DemoState = {
  /** RFC 3339 UTC: the story's now. */
  readonly end: string;
  /** By email. */
  readonly passwords: Record<string, string>;
  /** By `slug/name of the key`. */
  readonly keys: Record<string, string>;
  done: boolean;
};

export type DemoUser = { readonly email: string; readonly password: string; readonly role: string };

/** `demo.json`, as the contract has it; `keys` lists every key of the tenant. */
export type DemoFile = {
  readonly web: string;
  readonly gateway: string;
  readonly users: readonly DemoUser[];
  readonly tenants: readonly {
    readonly slug: string;
    readonly homeRegion: string | null;
    readonly policy: string;
    readonly gatewayKey: string;
    readonly intakeKey: string;
    readonly keys: readonly { readonly name: string; readonly target: string; readonly key: string }[];
  }[];
};

export function readState(home: string): DemoState | null {
  const file = stateFile(home);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as DemoState) : null;
}

export function writeState(home: string, state: DemoState): void {
  writeSecret(stateFile(home), state);
}

export function writeDemoFile(home: string, demo: DemoFile): void {
  writeSecret(path.join(home, "demo.json"), demo);
}

const stateFile = (home: string): string => path.join(home, "demo-seed.json");

/** crash: written beside and renamed; a reader sees the old file or the new one. */
function writeSecret(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}.new`;
  fs.writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(draft, file);
}
