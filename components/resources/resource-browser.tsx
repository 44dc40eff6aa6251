"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { resourcesQuery } from "../../lib/client/resources.ts";
import { resourceFilters, resourcePageParsers, resourcesHref } from "../../lib/contracts/resource-parsers.ts";
import type { ResourceItem } from "../../lib/contracts/resources.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { ListFoot } from "../ui/list-foot.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Section } from "../ui/section.tsx";
import { ExportResources } from "./export-resources.tsx";
import { ResourceFilterBar } from "./resource-filter-bar.tsx";
import { ResourceSheet } from "./resource-sheet.tsx";
import { ResourceTable } from "./resource-table.tsx";
import { ResourcesSentence } from "./resources-sentence.tsx";

const nothing: readonly ResourceItem[] = [];

/** The page `/resources`: what the provider keeps for us, and where each was born. */
export function ResourceBrowser() {
  const [state, setState] = useQueryStates(resourcePageParsers, { history: "push", scroll: false });
  const list = useInfiniteQuery({
    ...resourcesQuery(resourceFilters(state)),
    placeholderData: keepPreviousData,
  });
  const page = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? nothing;
  const failed = list.isError && page === undefined;
  const isNarrowed =
    state.kind.length + state.born.length + state.application.length > 0 ||
    state.state !== "kept" ||
    state.elsewhere !== "any";
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        actions={page ? <ExportResources filters={resourceFilters(state)} /> : null}
        range={false}
        sentence={failed ? null : <ResourcesSentence page={page} />}
        title="Resources"
      />
      <ResourceFilterBar page={page} onChange={(change) => void setState(change)} state={state} />
      {list.isError && !list.isFetchNextPageError ? (
        <ErrorPanel
          error={list.error}
          onRetry={() => list.refetch()}
          title={failed ? "The resources could not be listed" : "The list could not be brought up to date"}
        />
      ) : null}
      {failed ? null : (
        <Section
          note="As the recorded calls told of them. What was made outside Domicile is listed once a call names it."
          title="Stored objects"
        >
          <div
            aria-busy={list.isFetching}
            className={cn("transition-opacity", list.isPlaceholderData && "opacity-60")}
          >
            <ResourceTable
              empty={
                isNarrowed ? (
                  <Empty
                    action={
                      <Button
                        onClick={() =>
                          void setState({
                            kind: null,
                            born: null,
                            state: null,
                            elsewhere: null,
                            application: null,
                          })
                        }
                        size="sm"
                      >
                        Clear filters
                      </Button>
                    }
                    kind="no-match"
                    title="No object matches"
                  >
                    Nothing that was recorded is of this kind, birth, state and application.
                  </Empty>
                ) : (
                  <Empty kind="no-data" title="No stored object was recorded">
                    Files, batches, vector stores, stored responses and conversations appear here when a
                    recorded call makes or names one.
                  </Empty>
                )
              }
              isLoading={page === undefined}
              items={items}
              now={page?.now ?? ""}
              onOpen={(object) => void setState({ object })}
              open={state.object}
            />
          </div>
        </Section>
      )}
      <ListFoot list={list} listed={items.length} noun="object" />
      <ResourceSheet
        hrefOf={(object) => resourcesHref({ ...state, object })}
        name={state.object}
        onClose={() => void setState({ object: null })}
      />
    </div>
  );
}
