import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { environment } from "../env.ts";

const checkout = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => fs.readFileSync(path.join(checkout, file), "utf8");

/** Relative paths of our own sources under the folders, tests included. */
function sources(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => {
      const at = path.join(checkout, folder);
      const files = fs.existsSync(at) ? (fs.readdirSync(at, { recursive: true }) as string[]) : [];
      return files.map((file) => path.posix.join(folder, file));
    })
    .filter((file) => /[.](ts|tsx|mjs)$/.test(file) && !file.startsWith("lib/db/generated/"));
}

const isTest = (file: string): boolean => /[.]test[.]tsx?$/.test(file) || file.startsWith("lib/testing/");

describe("what runs in the browser can be told by its name", () => {
  // Next demands the directive in these two, and their names.
  const named = (file: string): boolean =>
    file.endsWith(".client.tsx") || /(^|\/)(global-)?error[.]tsx$/.test(file);

  it.each(sources("app").filter((file) => !isTest(file)))("%s", (file) => {
    expect(/^["']use client["']/.test(read(file))).toBe(named(file));
  });
});

describe("pages", () => {
  it("show the gateway's public address and never where the web process asks it", () => {
    const pages = sources("app").filter((file) => file.endsWith("page.tsx"));
    expect(
      pages.filter((file) =>
        /webSettings\(\)\.publicGatewayUrl|publicGatewayUrl[^=]*= webSettings\(/.test(read(file)),
      ).length,
    ).toBe(3);
    const inner = /webSettings\(\)\.gatewayUrl|\bgatewayUrl\b[^=]*= webSettings\(/;
    expect(pages.filter((file) => inner.test(read(file)))).toEqual([]);
  });
});

describe("unchecked SQL", () => {
  it("is written in lib/db and nowhere else", () => {
    const files = sources("app", "components", "lib", "prisma").filter(
      (file) => !file.startsWith("lib/db/") && !isTest(file),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => /\$(query|execute)Raw/.test(read(file)))).toEqual([]);
  });
});

describe("the core", () => {
  it("throws no dice", () => {
    const files = sources("lib/core").filter((file) => !isTest(file));
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => /Math\.random/.test(read(file)))).toEqual([]);
  });
});

describe(".env.example", () => {
  it("lists every variable that the product or its scripts read, and no other", () => {
    const listed = [...read(".env.example").matchAll(/^# ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    // PATH and the like belong to the system, npm_… to npm, TEST_… and E2E_… to the runners.
    const foreign =
      /^(PATH|NODE_ENV|DEBUG|CI|DEBIAN_FRONTEND|VITEST|LC_ALL|TZ|TEST_|E2E_|FAKE_|NEW_NODE|PLAYWRIGHT_|NEXT_|PRISMA_|CHECKPOINT_|INIT_CWD|DOMICILE_LAUNCHER|DOMICILE_FORKED_BY)/;
    const byScripts = sources("scripts", "e2e")
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        [...read(file).matchAll(/(?:\benv\.|portFrom\(")([A-Z][A-Z0-9_]+)/g)].map(([, name]) => name ?? ""),
      )
      .filter((name) => !foreign.test(name));
    const roles = ["WEB", "GATEWAY", "WORKER", "SIGNER"].flatMap((name) => [
      `DATABASE_URL_${name}`,
      `DATABASE_DIRECT_URL_${name}`,
    ]);
    expect(listed.toSorted()).toEqual(
      [...new Set([...Object.keys(environment.shape), ...byScripts, ...roles])].toSorted(),
    );
  });
});

describe("docs/errors.md", () => {
  const unions = {
    "lib/services/refusal.ts": "RefusalCode",
    "lib/gateway/answer-error.ts": "GatewayErrorCode",
    "lib/core/policies/plan-refusal.ts": "PlanCode",
  };

  it.each(Object.entries(unions))("has an anchor for every code of %s", (file, union) => {
    const body = new RegExp(`type ${union} =([^;]+);`).exec(read(file))?.[1] ?? "";
    const codes = [...body.matchAll(/"([a-z_]+)"/g)].map(([, code]) => code ?? "");
    expect(codes.length).toBeGreaterThan(3);
    const headings = new Set(
      [...read("docs/errors.md").matchAll(/^#+ `?([a-z_]+)`?$/gm)].map(([, heading]) => heading),
    );
    expect(codes.filter((code) => !headings.has(code))).toEqual([]);
  });
});

describe("the documents", () => {
  const documents = [
    "README.md",
    "CONTRIBUTING.md",
    ...(fs.readdirSync(path.join(checkout, "docs"), { recursive: true }) as string[]).map(
      (file) => `docs/${file}`,
    ),
    "prisma/README.md",
  ].filter((file) => file.endsWith(".md") && fs.existsSync(path.join(checkout, file)));

  it.each(documents)("%s cites only paths that exist", (file) => {
    const text = read(file);
    const inCode = [
      ...text.matchAll(/`((?:app|bench|components|docs|e2e|lib|prisma|public|scripts)\/[\w./()[\]-]*)`/g),
    ].map(([, cited]) => cited ?? "");
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) =>
      path.posix.join(path.posix.dirname(file), link ?? ""),
    );
    expect([...inCode, ...links].filter((cited) => !fs.existsSync(path.join(checkout, cited)))).toEqual([]);
  });
});
