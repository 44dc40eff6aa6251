const attendedForMs = 60_000;
let lastTouchedAt = Number.NEGATIVE_INFINITY;

/**
 * True when nobody has pressed a key, clicked or scrolled for a minute: what is asked now is asked by a timer, and
 * must not keep a session from ending on an empty chair.
 */
export function isUnattended(): boolean {
  return performance.now() - lastTouchedAt > attendedForMs;
}

if (typeof window !== "undefined") {
  lastTouchedAt = performance.now();
  const touched = () => {
    lastTouchedAt = performance.now();
  };
  for (const event of ["pointerdown", "keydown", "wheel"] as const)
    window.addEventListener(event, touched, { capture: true, passive: true });
}
