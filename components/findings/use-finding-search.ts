"use client";

import { useQueryStates } from "nuqs";
import {
  type FindingFilters,
  type FindingPageState,
  findingFilters,
  findingPageParsers,
} from "../../lib/contracts/finding-parsers.ts";

export type FindingSearchState = {
  readonly state: FindingPageState;
  readonly filters: FindingFilters;
  readonly set: (change: Partial<FindingPageState>) => void;
  /** Back to the inbox; the tenant stays. */
  readonly clear: () => void;
};

/** The state of `/findings`, all of it in the URL. */
export function useFindingSearch(): FindingSearchState {
  const [state, setState] = useQueryStates(findingPageParsers, { history: "push", scroll: false });
  return {
    state,
    filters: findingFilters(state),
    set: (change) => {
      void setState(change);
    },
    clear: () => {
      void setState(inbox);
    },
  };
}

const inbox = {
  state: null,
  severity: null,
  cause: null,
  application: null,
  data: null,
  environment: null,
  owner: null,
  only: null,
} satisfies Record<keyof Omit<FindingPageState, "tenant">, null>;
