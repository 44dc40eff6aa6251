"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { catalogQuery } from "../../lib/client/catalog.ts";
import { modelsQuery } from "../../lib/client/models.ts";
import type { CatalogPage } from "../../lib/contracts/catalog.ts";
import { modelPageParsers } from "../../lib/contracts/catalog-parsers.ts";
import type { ModelsPage as Page } from "../../lib/contracts/models.ts";
import { CellLegend } from "../regions/cell-mark.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { ListingSection } from "./listing-section.tsx";
import { ModelFilterBar } from "./model-filter-bar.tsx";
import { ModelMatrix } from "./model-matrix.tsx";
import { countedListings, modelLines, shownLines } from "./model-rows.ts";
import { ModelSheet } from "./model-sheet.tsx";
import { ModelsSentence } from "./models-sentence.tsx";
import { ModelsSkeleton } from "./models-skeleton.tsx";
import { NoticeList } from "./notice-list.tsx";

/** The page `/models`: may I use this model there? */
export function ModelsPage() {
  const [{ tenant }] = useQueryStates(modelPageParsers);
  const catalog = useQuery(catalogQuery());
  const models = useQuery(modelsQuery(tenant ?? undefined));
  if (catalog.isError && !catalog.data)
    return (
      <ErrorPanel
        error={catalog.error}
        onRetry={() => void catalog.refetch()}
        title="The catalog could not be read"
      />
    );
  if (!catalog.data) return <ModelsSkeleton />;
  return (
    <LoadedPage
      failed={models.isError && !models.data ? models.error.message : null}
      models={models.data}
      onRetry={() => void models.refetch()}
      published={catalog.data}
    />
  );
}

type LoadedProps = {
  published: CatalogPage;
  models: Page | undefined;
  failed: string | null;
  onRetry: () => void;
};

function LoadedPage({ published, models, failed, onRetry }: LoadedProps) {
  const [state, setState] = useQueryStates(modelPageParsers, { history: "push", scroll: false });
  const { catalog } = published;
  const chosen = catalog.regions.filter(({ code }) => state.region.includes(code));
  const regions = chosen.length === 0 ? catalog.regions : chosen;
  const lines = modelLines(catalog, models);
  const shown = shownLines(lines, regions, state, catalog);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        range={false}
        sentence={<ModelsSentence lines={lines} page={models} published={published} />}
        title="Models"
      />
      <ModelFilterBar catalog={catalog} set={(change) => void setState(change)} state={state} />
      <ModelMatrix
        lines={shown}
        onOpen={(model, at) => void setState({ model, at })}
        open={state.model === null ? null : { id: state.model, region: state.at }}
        regions={regions}
        simulated={countedListings(models).some(({ simulated }) => simulated)}
      />
      <CellLegend />
      {failed === null ? (
        <>
          <NoticeList notices={models?.notices ?? null} />
          <ListingSection page={models} />
        </>
      ) : (
        <ErrorPanel detail={failed} onRetry={onRetry} title="The provider's lists could not be read" />
      )}
      <ModelSheet
        line={lines.find(({ id }) => id === state.model) ?? null}
        onClose={() => void setState({ model: null, at: null })}
        onRegion={(at) => void setState({ at }, { history: "replace" })}
        page={models}
        published={published}
        state={state}
      />
    </div>
  );
}
