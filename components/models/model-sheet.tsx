"use client";

import Link from "next/link";
import type { CatalogPage } from "../../lib/contracts/catalog.ts";
import type { ModelPageState } from "../../lib/contracts/catalog-parsers.ts";
import type { ModelsPage } from "../../lib/contracts/models.ts";
import { regionName } from "../../lib/core/regions/host-of-region.ts";
import { matrixCell } from "../../lib/core/regions/matrix-cell.ts";
import { CellEvidence } from "../regions/cell-evidence.tsx";
import { CellBadge } from "../regions/cell-mark.tsx";
import { claimWords } from "../regions/cell-words.ts";
import { modelFacts } from "../regions/row-facts.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Select } from "../ui/select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Time } from "../ui/time.tsx";
import type { ModelLine } from "./model-rows.ts";

export type ModelSheetProps = {
  line: ModelLine | null;
  state: ModelPageState;
  published: CatalogPage;
  page: ModelsPage | undefined;
  onRegion: (region: string) => void;
  onClose: () => void;
};

/** The evidence of one cell: what the catalog says and on what that rests, what the provider lists, what was used. */
export function ModelSheet({ line, onClose, ...rest }: ModelSheetProps) {
  return (
    <Sheet
      description={`Catalog ${rest.published.version}`}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      open={line !== null}
      title={<span className="font-mono text-base">{line?.id}</span>}
    >
      {line === null ? null : <Evidence line={line} {...rest} />}
    </Sheet>
  );
}

const partWords = { model: "Model", endpoint: "Endpoint", feature: "Feature" } as const;

function Evidence({
  line,
  state,
  published,
  page,
  onRegion,
}: Omit<ModelSheetProps, "onClose" | "line"> & { line: ModelLine }) {
  const { catalog } = published;
  const { claim, endpoint, feature } = state;
  const region =
    catalog.regions.find(({ code }) => code === state.at)?.code ?? catalog.regions[0]?.code ?? "";
  const answer = matrixCell({ model: line.id, region, claim, endpoint, feature }, catalog);
  return (
    <div className="flex flex-col gap-6 p-4">
      <section className="flex flex-col gap-3">
        <div className="flex items-center justify-between gap-3">
          <h3 className="flex items-center gap-2 font-semibold text-sm">
            {claimWords[claim]} in {regionName(region, catalog)} <CellBadge state={answer.state} />
          </h3>
          <Select
            aria-label="Region"
            className="w-44"
            onChange={(event) => onRegion(event.target.value)}
            value={region}
          >
            {catalog.regions.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        </div>
        {answer.caveats.length > 0 ? (
          <ul className="list-disc pl-5 text-muted text-sm">
            {answer.caveats.map((caveat) => (
              <li key={caveat}>{caveat}</li>
            ))}
          </ul>
        ) : null}
        {answer.parts.map(({ what, name, cell }) => (
          <div key={`${what} ${name}`}>
            <h4 className="pb-1 font-medium text-muted text-xs">
              {partWords[what]} {name === line.id ? "" : name}
            </h4>
            <CellEvidence cell={cell} sources={catalog.sources} />
          </div>
        ))}
        {line.row === null ? null : (
          <Link
            className="text-accent-ink text-sm underline-offset-4 hover:underline"
            href={`/settings/regions?tab=models&row=${encodeURIComponent(line.id)}&region=${encodeURIComponent(region)}`}
          >
            This row in the catalog
          </Link>
        )}
      </section>
      <Provider line={line} page={page} region={region} />
      {line.row === null ? null : (
        <section>
          <h3 className="pb-1 font-semibold text-sm">The model</h3>
          <DefinitionList items={modelFacts(line.row, catalog)} />
        </section>
      )}
    </div>
  );
}

function Provider({ line, page, region }: { line: ModelLine; page: ModelsPage | undefined; region: string }) {
  const asked = (page?.listings ?? []).filter((listing) => listing.region === region);
  const calls = line.used.find((use) => use.region === region)?.calls ?? 0;
  return (
    <section>
      <h3 className="pb-1 font-semibold text-sm">Listed and used there</h3>
      <DefinitionList
        items={[
          ...(asked.length === 0
            ? [{ term: "Provider's list", value: "Was never read through a host of this region" }]
            : asked.map(({ host, credential, at, models, simulated }) => ({
                term: models.some(({ id }) => id === line.id) ? "Listed" : "Not listed",
                value: (
                  <>
                    <span className="font-mono text-xs">{host}</span>, {credential ?? "a caller's own key"},{" "}
                    <Time at={at} />
                    {simulated ? ", simulated" : ""}
                  </>
                ),
              }))),
          { term: "Used in 30 days", value: calls === 0 ? "No recorded call" : formatNoun(calls, "call") },
        ]}
      />
    </section>
  );
}
