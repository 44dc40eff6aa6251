"use client";

import { useEffect, useEffectEvent } from "react";

export type ListKeys = { readonly onNext: (() => void) | null; readonly onPrevious: (() => void) | null };

/** J and K move through a list, wherever focus is, but in what is being typed into. */
export function useListKeys(enabled: boolean, { onNext, onPrevious }: ListKeys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target)) return;
    const move = event.key === "j" ? onNext : event.key === "k" ? onPrevious : null;
    if (move === null) return;
    event.preventDefault();
    move();
  });
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [enabled]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, select, textarea, [contenteditable]") !== null
  );
}
