/** Node's arguments for a process that ends when this one does, even when this one is killed. */
export function withParent(): string[] {
  const module = new URL(`../with-parent.mjs?supervisor=${process.pid}`, import.meta.url).href;
  return ["--disable-warning=ExperimentalWarning", "--import", module];
}
