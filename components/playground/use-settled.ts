"use client";

import { useEffect, useState } from "react";

const quietMs = 300;

/** A text that is being typed, as it stood when the typing last paused: not every letter is a question. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === settled) return;
    const timer = setTimeout(() => setSettled(text), quietMs);
    return () => clearTimeout(timer);
  }, [text, settled]);
  return settled;
}
