import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import configuration from "../../.dependency-cruiser.mjs";

const checkout = path.resolve(import.meta.dirname, "../..");
const roots = ["app", "bench", "components", "lib", "prisma", "scripts"];
/** What Next reads beside its folders. */
const besides = ["proxy.ts", "instrumentation.ts"];

/** One file per rule that breaks it. Names ending in `ok` break none. */
const planted: Record<string, Record<string, string>> = {
  "core-is-pure": { "lib/core/a.ts": 'import fs from "node:fs"; export const a = fs;' },
  "contracts-are-shared": {
    "lib/contracts/a.ts": 'import { b } from "../http/b.ts"; export const a = b;',
    "lib/http/b.ts": "export const b = 1;",
  },
  "prisma-stops-at-db": { "lib/http/p.ts": 'import pg from "pg"; export const a = pg;' },
  "db-looks-down": {
    "lib/db/a.ts": 'import type { B } from "../services/b.ts"; export type A = B;',
    "lib/services/b.ts": "export type B = 1;",
  },
  "services-look-down": {
    "lib/services/c.ts": 'import { d } from "../gateway/d.ts"; export const c = d;',
    "lib/gateway/d.ts": "export const d = 1;",
  },
  "doors-are-siblings": {
    "lib/gateway/e.ts": 'import { f } from "../intake/f.ts"; export const e = f;',
    "lib/intake/f.ts": "export const f = 1;",
  },
  "what-runs-alone-is-siblings": {
    "lib/worker/g.ts": 'import { h } from "../providers/h.ts"; export const g = h;',
    "lib/providers/h.ts": "export const h = 1;",
  },
  "http-is-shared": {
    "lib/http/i.ts": 'import { j } from "../services/j.ts"; export const i = j;',
    "lib/services/j.ts": "export const j = 1;",
  },
  "recorder-stands-alone": { "lib/recorder/v.ts": 'import { z } from "zod"; export const v = z;' },
  "only-services-open-the-database": {
    "app/k.ts": 'import { l } from "../lib/db/l.ts"; export const k = l;',
    "lib/db/l.ts": "export const l = 1;",
  },
  "next-stays-in-app": {
    "lib/services/m.ts": 'import { headers } from "next/headers"; export const m = headers;',
  },
  "browser-code-stays-in-browser": {
    "components/n.tsx": 'import type { O } from "../lib/services/o.ts"; export type N = O;',
    "lib/services/o.ts": "export type O = 1;",
  },
  "no-cycles": {
    "lib/core/p.ts": 'import { q } from "./q.ts"; export const p = () => q;',
    "lib/core/q.ts": 'import { p } from "./p.ts"; export const q = () => p;',
  },
  "product-never-imports-tests": {
    "lib/core/r.ts": 'import { s } from "../testing/s.ts"; export const r = s;',
    "lib/testing/s.ts": "export const s = 1;",
  },
  "imports-resolve": { "lib/core/t.ts": 'import { u } from "./nowhere.ts"; export const t = u;' },
};

/** The way down is allowed: a rule that refuses everything would pass the other tests. */
const allowed: Record<string, string> = {
  "app/ok.ts": 'import { ok } from "../lib/services/ok.ts"; export const page = ok;',
  "lib/services/ok.ts":
    'import { ok as row } from "../db/ok.ts"; import { pure } from "../core/ok.ts"; export const ok = [row, pure];',
  "lib/db/ok.ts": 'import pg from "pg"; export const ok = pg;',
  "lib/core/ok.ts": "export const pure = 1;",
};

async function look(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { options, ...ruleSet } = configuration;
  const result = await cruise(
    folders,
    {
      ...options,
      baseDir,
      validate: true,
      preserveSymlinks: true,
      ruleSet: ruleSet as IFlattenedRuleSet,
    } as Parameters<typeof cruise>[1],
    { ...options.enhancedResolveOptions } as Parameters<typeof cruise>[2],
  );
  if (typeof result.output === "string") throw new Error("dependency-cruiser answered with a text");
  return result.output;
}

describe("import rules", () => {
  it("hold for the whole product, and every module of it was seen", async () => {
    const { summary } = await look(checkout, [...roots, ...besides]);
    const sources = roots.flatMap((root) => sourcesUnder(path.join(checkout, root)));
    expect(sources.length).toBeGreaterThan(100);
    expect(summary.totalCruised).toBeGreaterThanOrEqual(sources.length);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });
});

describe("a planted violation is caught", () => {
  let folder: string;
  let violations: { rule: string; from: string }[];
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-rules-"));
    fs.symlinkSync(path.join(checkout, "node_modules"), path.join(folder, "node_modules"));
    for (const files of [...Object.values(planted), allowed]) {
      for (const [file, text] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        fs.writeFileSync(path.join(folder, file), text);
      }
    }
    const { summary } = await look(folder, ["app", "components", "lib"]);
    violations = summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it.each(Object.entries(planted))("%s", (rule, files) => {
    const [file] = Object.keys(files);
    expect(violations).toContainEqual({ rule, from: file });
  });

  it("and what is allowed is not", () => {
    expect(violations.filter(({ from }) => from in allowed)).toEqual([]);
  });

  it("for every rule there is", () => {
    const untested = configuration.forbidden.map(({ name }) => name).filter((name) => !(name in planted));
    // An alias needs a tsconfig with paths; the rule is a safeguard against somebody adding one.
    expect(untested).toEqual(["no-aliases"]);
  });
});

function sourcesUnder(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  const files = fs.readdirSync(folder, { recursive: true }) as string[];
  return files.filter(
    (file) => /[.](ts|tsx|mjs)$/.test(file) && !file.startsWith("db/generated/") && !file.endsWith(".d.ts"),
  );
}
