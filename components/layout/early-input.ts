/**
 * Runs in the page before anything else of ours, as text: on a slow line a control is seen before React listens to it. What is
 * written or chosen until then is told to React once it does, and what was clicked last is clicked again; else a filter would
 * be shown that is not applied. No form is sent by the browser itself, which would lose what was written and put it into the
 * address. It uses nothing from outside its own braces.
 */
export function keepEarlyInput(): void {
  type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  let isListening = false;
  const isHeard = (element: Element) =>
    isListening && Object.keys(element).some((key) => key.startsWith("__reactProps$"));
  /** With what was written, which a page that is rendered once more before it is told takes back. */
  const written = new Map<Field, string>();
  let clicked: HTMLElement | null = null;
  let isWaiting = false;
  const wait = () => {
    if (!isWaiting) setTimeout(goOn, 20);
    isWaiting = true;
  };
  const goOn = () => {
    isWaiting = false;
    for (const [field, value] of [...written]) {
      if (field.isConnected && !isHeard(field)) continue;
      written.delete(field);
      if (field.isConnected) tell(field, value);
    }
    if (clicked !== null && (!clicked.isConnected || isHeard(clicked))) {
      const element = clicked;
      clicked = null;
      if (element.isConnected) element.click();
    }
    if (clicked !== null || written.size > 0) wait();
  };
  const tell = (field: Field, value: string) => {
    // Of chosen files React hears without comparing, and a script may not write their names.
    if (field.type !== "file") {
      // React hears of a value that is another than the last one written by a script, and sees what is written by way of the element itself.
      if (!(field instanceof HTMLSelectElement)) field.value = field.defaultValue;
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, value);
    }
    if (!(field instanceof HTMLSelectElement)) field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const keep = (event: Event, take: (element: Element) => void) => {
    if (!(event.target instanceof Element) || isHeard(event.target)) return;
    take(event.target);
  };
  // Sent by `Listening`: until the whole page is committed once, React lets events go by.
  document.addEventListener("domicile:listening", () => {
    isListening = true;
  });
  document.addEventListener(
    "click",
    (event) => {
      const element =
        event.target instanceof Element
          ? event.target.closest<HTMLElement>("button, input[type=checkbox], input[type=radio]")
          : null;
      if (element === null || isHeard(element)) return;
      event.preventDefault();
      clicked = element;
      wait();
    },
    true,
  );
  document.addEventListener(
    "input",
    (event) =>
      keep(event, (element) => {
        if (element.matches("textarea, select, input:not([type=checkbox], [type=radio])"))
          written.set(element as Field, (element as Field).value);
        wait();
      }),
    true,
  );
  document.addEventListener("submit", (event) => keep(event, () => event.preventDefault()), true);
}
