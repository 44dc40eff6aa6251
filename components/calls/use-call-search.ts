"use client";

import { useQueryStates } from "nuqs";
import {
  type CallFilters,
  type CallPageState,
  callFacetParsers,
  callFilters,
  callPageParsers,
} from "../../lib/contracts/call-parsers.ts";
import type { CallFacet } from "../../lib/contracts/calls.ts";

export type CallSearchState = {
  readonly state: CallPageState;
  readonly filters: CallFilters;
  /** Adds the value to the facet, or takes it away where it is there already. */
  readonly toggle: (facet: CallFacet, value: string) => void;
  /** Takes every facet filter away; window and tenant stay. */
  readonly clear: () => void;
  /** Confines the list to one tenant. */
  readonly setTenant: (slug: string) => void;
  readonly setLive: (live: boolean) => void;
  /** Opens the side sheet for a call, moves it to another, or closes it with null. */
  readonly open: (id: string | null) => void;
};

/** The state of `/calls`, all of it in the URL. Filters and opening a sheet can be gone back from. */
export function useCallSearch(): CallSearchState {
  const [state, setState] = useQueryStates(callPageParsers, { history: "push", scroll: false });
  return {
    state,
    filters: callFilters(state),
    toggle: (facet, value) => {
      void setState((before) => {
        const values = before[facet];
        return {
          [facet]: values.includes(value) ? values.filter((one) => one !== value) : [...values, value],
        };
      });
    },
    clear: () => {
      void setState(Object.fromEntries(Object.keys(callFacetParsers).map((facet) => [facet, null])));
    },
    setTenant: (slug) => {
      void setState({ tenant: slug });
    },
    setLive: (live) => {
      void setState({ live: live ? "on" : "off" }, { history: "replace" });
    },
    open: (id) => {
      // Moving from call to call must not fill the history: going back leaves the sheet.
      void setState({ call: id }, { history: state.call === null || id === null ? "push" : "replace" });
    },
  };
}
