import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../core/regions/openai-catalog.ts";
import { publishCatalogInput } from "./catalog.ts";
import { catalogFileSchema, catalogFormat, catalogJsonSchema } from "./catalog-schema.ts";

const file = { format: catalogFormat, catalog: openaiCatalog };

describe("the catalog's file", () => {
  it("takes the catalog that comes with the program", () => {
    expect(catalogFileSchema.parse(JSON.parse(JSON.stringify(file))).catalog).toEqual(openaiCatalog);
  });

  it("says by path what is wrong, and takes no member it does not know", () => {
    const endpoints = openaiCatalog.endpoints.map((row, at) =>
      at === 1 ? { ...row, processing: { ...row.processing, eu: { state: "maybe" } }, guess: true } : row,
    );
    const parsed = catalogFileSchema.safeParse({ ...file, catalog: { ...openaiCatalog, endpoints } });
    const paths = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join("."));
    expect(paths).toContain("catalog.endpoints.1.processing.eu.state");
    expect(paths).toContain("catalog.endpoints.1.processing.eu.sourceId");
    expect(paths).toContain("catalog.endpoints.1");
  });

  it("has the JSON Schema that is published in docs/catalog.schema.json", () => {
    const published = readFileSync(new URL("../../docs/catalog.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(published)).toEqual(catalogJsonSchema());
  });
});

describe("a draft of edits", () => {
  const input = (edit: unknown) => ({
    basedOn: 1,
    reason: "Read again today.",
    draft: { kind: "edits", edits: [edit] },
  });

  it("takes a whole row for its own table alone", () => {
    const [row] = openaiCatalog.models;
    expect(publishCatalogInput.safeParse(input({ kind: "put", table: "models", row })).success).toBe(true);
    expect(publishCatalogInput.safeParse(input({ kind: "put", table: "hosts", row })).success).toBe(false);
    expect(publishCatalogInput.safeParse(input({ kind: "put", table: "models", row: {} })).success).toBe(
      false,
    );
  });
});
