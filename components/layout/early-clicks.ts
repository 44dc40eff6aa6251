/**
 * Runs in the page before anything else of ours, as text: on a slow line a button is seen before React listens to it. What is
 * clicked until then is kept, the last one alone, and clicked again as soon as somebody listens; no form is sent by the browser
 * itself, which would lose what was written and put it into the address. It uses nothing from outside its own braces.
 */
export function keepEarlyClicks(): void {
  const isHeard = (element: Element) => Object.keys(element).some((key) => key.startsWith("__reactProps$"));
  let kept: HTMLButtonElement | null = null;
  const clickAgain = () => {
    const button = kept;
    if (button?.isConnected && !isHeard(button)) {
      setTimeout(clickAgain, 20);
      return;
    }
    kept = null;
    if (button?.isConnected) button.click();
  };
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button === null || isHeard(button)) return;
      event.preventDefault();
      if (kept === null) setTimeout(clickAgain, 20);
      kept = button;
    },
    true,
  );
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target instanceof Element && !isHeard(event.target)) event.preventDefault();
    },
    true,
  );
}
