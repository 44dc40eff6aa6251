import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import type { RowRef } from "../../lib/core/regions/catalog-tables.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { RowSheet } from "./row-sheet.tsx";
import { useCatalogDraft } from "./use-catalog-draft.ts";

afterEach(cleanup);

function Sheet({ row, mayEdit }: { row: RowRef; mayEdit: boolean }) {
  const draft = useCatalogDraft(openaiCatalog);
  return (
    <>
      <ul aria-label="changes">
        {draft.changes.map(({ sentence }) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <RowSheet
        draft={draft}
        mayEdit={mayEdit}
        onClose={() => undefined}
        onRegion={() => undefined}
        open={row}
        region="jp"
        version={1}
      />
    </>
  );
}

function show(row: RowRef, mayEdit = true) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Sheet mayEdit={mayEdit} row={row} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const changes = () => screen.getByRole("list", { name: "changes", hidden: true }).textContent;
const embeddings = { table: "endpoints", id: "/v1/embeddings" } as const;

describe("RowSheet", () => {
  it("shows a cell with everything it rests on, and gives readers nothing to change", () => {
    show(embeddings, false);
    expect(screen.getByRole("dialog").textContent).toContain("Nobody we can cite says.");
    expect(screen.getAllByText("By nobody yet").length).toBeGreaterThan(0);
    expect(screen.queryByRole("button", { name: /Change|Edit|Remove|Confirm/ })).toBeNull();
  });

  it("says of a region's scope that it is a note, and that cells decide", () => {
    show({ table: "regions", id: "jp" }, false);
    expect(screen.getByRole("dialog").textContent).toContain(
      "Not known. A note: calls are judged by the cells of endpoints, models and features.",
    );
  });

  it("puts a changed cell into the draft with its source and date, and asks to publish before confirming", async () => {
    const user = show(embeddings);
    await user.click(screen.getByRole("button", { name: "Change processing in Japan" }));
    await user.click(screen.getByRole("radio", { name: "Yes" }));
    await user.click(screen.getByRole("button", { name: "Put into the draft" }));
    expect(changes()).toMatch(
      /^Endpoint \/v1\/embeddings: processing in Japan becomes yes \(.*, was unknown/,
    );
    expect(screen.getByText(/Publish it first, then confirm it/)).toBeDefined();
  });

  it("takes a whole row, says where one is wrong, and lets no row take another's name", async () => {
    const user = show({ table: "regions", id: "jp" });
    await user.click(screen.getByRole("button", { name: "Edit the whole row" }));
    const field = screen.getByRole("textbox", { name: "Row" });
    const japan = openaiCatalog.regions.find(({ code }) => code === "jp");
    const put = async (row: unknown) => {
      fireEvent.change(field, { target: { value: typeof row === "string" ? row : JSON.stringify(row) } });
      await user.click(screen.getByRole("button", { name: "Put into the draft" }));
    };
    await put("{");
    expect(screen.getByRole("alert").textContent).toBe("It is no JSON.");
    await put({ ...japan, countries: ["Japan"] });
    expect(screen.getByRole("alert").textContent).toContain("countries.0: Two capital letters");
    await put({ ...japan, code: "nippon" });
    expect(screen.getByRole("alert").textContent).toContain("The row is named jp");
    expect(changes()).toBe("");
    await put({ ...japan, priceUpliftPercent: 12 });
    expect(changes()).toBe(
      "Region Japan: priceUpliftPercent becomes 12, was 10.".replace(
        "priceUpliftPercent",
        "price uplift in percent",
      ),
    );
  });
});
