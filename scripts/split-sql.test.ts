import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { splitSql } from "./split-sql.mjs";
import { checkout } from "./state/home.ts";

describe("splitSql", () => {
  it("cuts at no semicolon of a body, a literal, a name or a comment", () => {
    expect(
      splitSql(
        `-- one; two\nSELECT ';', "a;b", 'it''s;';\nDO $x$ BEGIN PERFORM 1; END $x$;\n/* ; */ SELECT $$;$$;\n-- the end;\n`,
      ),
    ).toEqual([
      `-- one; two\nSELECT ';', "a;b", 'it''s;'`,
      "DO $x$ BEGIN PERFORM 1; END $x$",
      "/* ; */ SELECT $$;$$",
    ]);
  });

  it("finds in each migration what ends with a semicolon and begins like a statement", () => {
    const folder = path.join(checkout, "prisma/migrations");
    const names = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(names.length).toBeGreaterThan(25);
    for (const { name } of names)
      for (const statement of splitSql(fs.readFileSync(path.join(folder, name, "migration.sql"), "utf8")))
        expect(statement.replace(/^(--[^\n]*\n\s*)+/, ""), name).toMatch(
          /^(CREATE|ALTER|DROP|DO|GRANT|REVOKE|INSERT|UPDATE|DELETE|SELECT|COMMENT|SET|WITH)\b/i,
        );
  });
});
