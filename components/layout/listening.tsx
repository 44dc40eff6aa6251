"use client";

import { useEffect } from "react";

/** Tells `keepEarlyInput` that React listens to this page from now on. */
export function Listening() {
  useEffect(() => {
    document.dispatchEvent(new Event("domicile:listening"));
  }, []);
  return null;
}
