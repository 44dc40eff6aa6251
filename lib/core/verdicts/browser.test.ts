import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "vite";
import { beforeAll, expect, it } from "vitest";
import type { Catalog } from "../regions/catalog.ts";
import { goldenTable } from "./golden/golden-table.ts";
import { questionOf } from "./golden/question.ts";
import { judgeCall } from "./judge.ts";

/** The judge as a browser loads it: one script, no modules of Node, no globals but the language's and `URL`. */
let script: string;

beforeAll(async () => {
  const entry = fileURLToPath(new URL("./judge.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: false, lib: { entry, formats: ["iife"], name: "domicile" } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const [chunk] = bundle !== undefined && "output" in bundle ? bundle.output : [];
  if (chunk?.type !== "chunk") throw new Error("Nothing was bundled.");
  script = `${chunk.code}\n;domicile`;
});

it("is one script that asks for nothing of Node", () => {
  expect(script).not.toMatch(/\brequire\(|from "node:|\bimport\(|\bprocess\.|\bBuffer\./);
  expect(script.length).toBeGreaterThan(10_000);
});

it("answers every line of the golden table in a browser as it does here, word for word", () => {
  const context = createContext({ URL });
  runInContext(
    `${script};
    catalogs = [];
    judge = (at, text) => JSON.stringify(domicile.judgeCall({ ...JSON.parse(text), catalog: catalogs[at] }))`,
    context,
  );
  const judge = runInContext("judge", context) as (at: number, text: string) => string;
  const catalogs: Catalog[] = [];
  for (const [situation, given] of Object.values(goldenTable).flat()) {
    const { catalog, ...question } = questionOf(given);
    if (!catalogs.includes(catalog)) {
      catalogs.push(catalog);
      runInContext(`catalogs.push(${JSON.stringify(catalog)})`, context);
    }
    const text = JSON.stringify(question);
    const here = JSON.stringify(judgeCall({ ...(JSON.parse(text) as typeof question), catalog }));
    expect(judge(catalogs.indexOf(catalog), text), situation).toBe(here);
  }
});

it("runs where the globals of Node are missing", () => {
  const context = createContext({});
  expect(runInContext("typeof process + typeof Buffer + typeof require", context)).toBe(
    "undefinedundefinedundefined",
  );
});
