"use client";

import { useState } from "react";

type Drawn = { readonly from: string; readonly to: string };
type Moved = { readonly activeLabel?: string | number | undefined };

export type Brush = {
  /** The span being drawn; null while none is. */
  readonly drawn: Drawn | null;
  readonly handlers: {
    readonly onMouseDown: (state: Moved) => void;
    readonly onMouseMove: (state: Moved) => void;
    readonly onMouseUp: () => void;
    readonly onMouseLeave: () => void;
  };
};

/** A span drawn over a chart of time: tells the starts of its first and last step. */
export function useBrush(onSelect: ((first: string, last: string) => void) | undefined): Brush {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  return {
    drawn: drawn && drawn.from !== drawn.to ? drawn : null,
    handlers: {
      onMouseDown: ({ activeLabel }) => {
        if (onSelect && activeLabel !== undefined)
          setDrawn({ from: String(activeLabel), to: String(activeLabel) });
      },
      onMouseMove: ({ activeLabel }) => {
        if (drawn && activeLabel !== undefined) setDrawn({ from: drawn.from, to: String(activeLabel) });
      },
      onMouseUp: () => {
        if (drawn && drawn.from !== drawn.to) {
          const [first, last] = drawn.from < drawn.to ? [drawn.from, drawn.to] : [drawn.to, drawn.from];
          onSelect?.(first, last);
        }
        setDrawn(null);
      },
      onMouseLeave: () => setDrawn(null),
    },
  };
}
