import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { reportProblems } from "../contracts/reports.ts";
import { signInProblems } from "../contracts/sign-in.ts";
import { planCodes } from "../core/policies/plan-refusal.ts";
import { environment } from "../env/environment.ts";
import { intakeRefusalCodes } from "../intake/intake-refusal.ts";

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

describe("routes", () => {
  it("that hand out a file that is made while it is read are bounded", () => {
    const routes = sources("app/api").filter((file) => /\b(export|stream)Response\(/.test(read(file)));
    expect(routes.length).toBeGreaterThan(7);
    expect(routes.filter((file) => !/costly: "export"/.test(read(file)))).toEqual([]);
  });

  it("that are bounded say of which tenant", () => {
    const routes = sources("app/api").filter((file) => /\bcostly:/.test(read(file)));
    expect(routes.filter((file) => !/\bwithin\(/.test(read(file)))).toEqual([]);
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

describe("the environment's variables", () => {
  const listed = [...read(".env.example").matchAll(/^# ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name ?? "");
  // PATH and the like belong to the system, NODE_… to Node, npm_… to npm, TEST_… and E2E_… to the runners.
  const foreign =
    /^(PATH|NODE_ENV|NODE_COMPILE_CACHE|DEBUG|CI|DEBIAN_FRONTEND|VITEST|LC_ALL|TZ|TEST_|E2E_|FAKE_|NEW_NODE|PLAYWRIGHT_|NEXT_|PRISMA_|CHECKPOINT_|INIT_CWD|DOMICILE_LAUNCHER|DOMICILE_FORKED_BY)/;
  const readBy = (...folders: string[]): string[] =>
    sources(...folders)
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        [...read(file).matchAll(/(?:\benv\.|(?:port|whole)From\(")([A-Z][A-Z0-9_]+)/g)].map(
          ([, name]) => name ?? "",
        ),
      )
      .filter((name) => !foreign.test(name));
  const roles = ["WEB", "GATEWAY", "WORKER", "SIGNER"].flatMap((name) => [
    `DATABASE_URL_${name}`,
    `DATABASE_DIRECT_URL_${name}`,
  ]);
  const ofBenches = new Set(readBy("bench").filter((name) => !listed.includes(name)));

  it("stand in .env.example where the product or its scripts read them, and no other does", () => {
    expect(listed.toSorted()).toEqual(
      [...new Set([...Object.keys(environment.shape), ...readBy("scripts", "e2e"), ...roles])].toSorted(),
    );
  });

  it("have a row in docs/operations.md each, those of the benches too, and no other has", () => {
    const settings = /\n## Settings\n([\s\S]+?)\n## /.exec(read("docs/operations.md"))?.[1] ?? "";
    const rows = [...settings.matchAll(/^\| (`[A-Z].*?) \|/gm)].flatMap(([, cell]) => namesIn(cell ?? ""));
    expect([...ofBenches].every((name) => name.startsWith("BENCH_"))).toBe(true);
    expect(ofBenches.size).toBeGreaterThan(0);
    expect(rows.toSorted()).toEqual([...listed, ...ofBenches].toSorted());
  });

  /** `A_B_WEB`, `_GATEWAY` stands for `A_B_WEB` and `A_B_GATEWAY`. */
  function namesIn(cell: string): string[] {
    const names = [...cell.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => name ?? "");
    const stem = names[0]?.replace(/_[A-Z]+$/, "");
    return names.map((name) => (name.startsWith("_") ? `${stem}${name}` : name));
  }
});

describe("docs/errors.md", () => {
  const union = (file: string, name: string): string[] => {
    const body = new RegExp(`type ${name} =([^;]+);`).exec(read(file))?.[1] ?? "";
    return [...body.matchAll(/"([a-z_]+)"/g)].map(([, code]) => code ?? "");
  };
  const recordCodes = union("lib/contracts/intake.ts", "RecordErrorCode");
  /** From a heading to the next one of its level or above. */
  const section = (heading: string): string => {
    const level = heading.indexOf(" ");
    const rest = `\n${read("docs/errors.md")}`.split(`\n${heading}\n`)[1] ?? "";
    return rest.split(new RegExp(`\n#{1,${level}} `))[0] ?? "";
  };
  const headings = (text: string): string[] =>
    [...text.matchAll(/^#### ([a-z_]+)$/gm)].map(([, code]) => code ?? "");
  const inCode = (text: string): string[] =>
    [...text.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, code]) => code ?? "");
  const intake = section("## Intake");

  it.each([
    [
      "/v1",
      headings(section("## `/v1`")),
      [...union("lib/gateway/answer-error.ts", "GatewayErrorCode"), ...planCodes],
    ],
    [
      "the intake, for a whole request",
      [...headings(section("### A whole request")), ...inCode(intake.split("\n### ")[0] ?? "")],
      intakeRefusalCodes,
    ],
    ["the intake, for one record", headings(section("### One record")), recordCodes],
    [
      "imports, beside those of a record",
      headings(section("## Files of calls")),
      union("lib/contracts/imports.ts", "ImportErrorCode"),
    ],
    [
      "reports",
      [...section("## Reports without a pack").matchAll(/^\| `([a-z_]+)` \|/gm)].map(
        ([, code]) => code ?? "",
      ),
      reportProblems,
    ],
    [
      "the sign-in page",
      [...section("## The sign-in page").matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, code]) => code ?? ""),
      signInProblems,
    ],
    [
      "/api",
      headings(section("## `/api`")),
      [...union("lib/services/refusal.ts", "RefusalCode"), "internal"],
    ],
  ])("tells every code of %s in its section, and none that is not answered", (_of, told, codes) => {
    expect(codes.length).toBeGreaterThan(0);
    expect([...new Set(told)].toSorted()).toEqual([...codes].toSorted());
  });

  it("has no code outside these sections", () => {
    const counted = ["## `/v1`", "## Intake", "## Files of calls", "## `/api`"].flatMap((name) =>
      headings(section(name)),
    );
    expect(counted.toSorted()).toEqual(headings(read("docs/errors.md")).toSorted());
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

  it("list every decision with its title, date and status", () => {
    const folder = "docs/decisions";
    const rows = fs
      .readdirSync(path.join(checkout, folder))
      .filter((file) => /^\d{4}-/.test(file))
      .map((file) => {
        const [, number, title, date, status] =
          /^# (\d{4}) · (.+)\n\nDate: (\S+) · Status: (.+)$/m.exec(read(`${folder}/${file}`)) ?? [];
        return `| [${number}](${file}) | ${title} | ${date} | ${status} |`;
      });
    expect(rows.length).toBeGreaterThan(10);
    expect(read(`${folder}/README.md`).match(/^\| \[.+$/gm)).toEqual(rows);
  });

  it("name each folder of the checkout and of lib", () => {
    const tree = /\n## Folders\n+```\n([\s\S]+?)\n```/.exec(read("docs/architecture.md"))?.[1] ?? "";
    const named = [...tree.matchAll(/^([a-z]\S*)\/ /gm)].map(([, folder]) => folder ?? "");
    const within = (folder: string) =>
      fs
        .readdirSync(path.join(checkout, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => path.posix.join(folder, name));
    const made: readonly string[] = read(".gitignore").match(/[\w-]+(?=\/$)/gm) ?? [];
    const own = within(".").filter((folder) => /^[a-z]/.test(folder) && !made.includes(folder));
    expect(named.toSorted()).toEqual(
      [...own.filter((folder) => folder !== "lib"), ...within("lib")].toSorted(),
    );
  });

  it("are all named where the README says what to read on", () => {
    const pages = documents.filter((file) => /^docs\/[a-z-]+\.md$/.test(file));
    const named = [...read("README.md").matchAll(/^- \[(docs\/[a-z-]+\.md)\]/gm)].map(([, file]) => file);
    expect(named.toSorted()).toEqual(pages.toSorted());
  });
});
