/**
 * Runs in the page before anything else of ours, as text: on a slow line a control is seen before React listens to it. What is
 * written, chosen or ticked until then is told to React once it does, and the button or row that was pressed last is pressed
 * again; else a filter would be shown that is not applied. React is not told twice: what is kept here does not go on to it.
 * No form is sent by the browser itself, which would lose what was written and put it into the address. What React does not
 * come to know within ten seconds of listening is not of ours, such as a button of an extension, and is let be from then on.
 * It uses nothing from outside its own braces.
 */
export function keepEarlyInput(): void {
  type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  const turnMs = 20;
  const turnsMax = 500;
  let isListening = false;
  /** What React was seen to listen to, and what is not of ours. */
  const heard = new WeakSet<Element>();
  const isHeard = (element: Element) => {
    if (heard.has(element)) return true;
    if (!isListening || !Object.keys(element).some((key) => key.startsWith("__reactProps$"))) return false;
    // A part of the page is known to React before it is committed, and hears nothing until then. Such an event makes React
    // commit the part, where it can, and does not arrive where it cannot.
    const arrive = () => heard.add(element);
    element.addEventListener("pointercancel", arrive);
    element.dispatchEvent(new Event("pointercancel", { bubbles: true }));
    element.removeEventListener("pointercancel", arrive);
    return heard.has(element);
  };
  /** With what was written, or whether it was ticked: a page that draws itself anew before it is told puts its own back. */
  const kept = new Map<Field, string | boolean>();
  let clicked: HTMLElement | null = null;
  /** Went down unheard: a menu opens by that, and a click that is heard afterwards would come alone. */
  let pressed: Element | null = null;
  let turns = 0;
  let isWaiting = false;
  const wait = () => {
    turns = 0;
    if (isListening) look(0);
  };
  const look = (ms: number) => {
    if (!isWaiting) setTimeout(goOn, ms);
    isWaiting = true;
  };
  const goOn = () => {
    isWaiting = false;
    turns += 1;
    const isOver = turns > turnsMax;
    for (const [field, value] of [...kept]) {
      if (field.isConnected && !isOver && !isHeard(field)) continue;
      kept.delete(field);
      if (isOver) heard.add(field);
      else if (field.isConnected) tell(field, value);
    }
    if (clicked !== null && (isOver || !clicked.isConnected || isHeard(clicked))) {
      const element = clicked;
      clicked = null;
      if (isOver) heard.add(element);
      if (element.isConnected) press(element);
    }
    if (clicked !== null || kept.size > 0) look(turnMs);
  };
  const tell = (field: Field, value: string | boolean) => {
    const name = typeof value === "boolean" ? "checked" : "value";
    if (Reflect.get(field, name) !== value && field.type !== "file") Reflect.set(field, name, value);
    // What differs from the last value React saw, it takes for a change.
    const seen = (field as { _valueTracker?: { setValue(value: string): void } })._valueTracker;
    if (typeof value === "boolean") {
      if (value === (field as HTMLInputElement).defaultChecked) return;
      seen?.setValue(String(!value));
      // Not a MouseEvent: the browser does not tick by it once more.
      field.dispatchEvent(new Event("click", { bubbles: true }));
      return;
    }
    seen?.setValue(`not ${value}`);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const press = (element: HTMLElement) => {
    const down = { bubbles: true, cancelable: true, composed: true, button: 0, buttons: 1 };
    element.dispatchEvent(new PointerEvent("pointerdown", { ...down, pointerType: "mouse" }));
    element.dispatchEvent(new MouseEvent("mousedown", down));
    element.click();
  };
  const keep = (field: Field, event: Event) => {
    event.stopImmediatePropagation();
    kept.set(field, isTicked(field) ? field.checked : field.value);
    wait();
  };
  const change = (field: Field, event: Event) => {
    if (field.type === "radio")
      for (const other of kept.keys())
        if (other.type === "radio" && other.name === field.name && other.form === field.form)
          kept.delete(other);
    // Changed already: what React commits only now, it takes for drawn like that, and hears of no change.
    if (heard.has(field)) kept.delete(field);
    else keep(field, event);
  };
  const isTicked = (element: Element): element is HTMLInputElement =>
    element.matches("input[type=checkbox], input[type=radio]");
  const controlOf = ({ target }: Event) =>
    target instanceof Element
      ? target.closest<HTMLElement>("a, button, input, label, select, summary, textarea, tr[tabindex]")
      : null;
  // Sent by `Listening`: until the whole page is committed once, React lets events go by.
  document.addEventListener("domicile:listening", () => {
    isListening = true;
    if (clicked !== null || kept.size > 0) wait();
  });
  document.addEventListener(
    "pointerdown",
    (event) => {
      const found = controlOf(event);
      const control = found instanceof HTMLLabelElement ? found.control : found;
      pressed = control === null || isHeard(control) ? null : control;
    },
    true,
  );
  // What a key will change has focus before: React is made to listen to it while it stands as it was drawn.
  document.addEventListener("focusin", ({ target }) => target instanceof Element && isHeard(target));
  // By a press, React may come to listen at once, and hears it.
  window.addEventListener("pointerdown", () => {
    if (pressed !== null && isHeard(pressed)) pressed = null;
  });
  document.addEventListener(
    "click",
    (event) => {
      const control = controlOf(event);
      const isWhole = control !== pressed;
      pressed = null;
      if (control === null) return;
      if (isTicked(control)) {
        change(control, event);
      } else if (control.matches("button, tr") && !(isWhole && isHeard(control))) {
        event.preventDefault();
        event.stopImmediatePropagation();
        clicked = control;
        wait();
      }
    },
    true,
  );
  for (const type of ["input", "change"])
    document.addEventListener(
      type,
      (event) => {
        const field = event.target;
        if (!(field instanceof Element) || !field.matches("input, select, textarea") || isTicked(field))
          return;
        change(field as Field, event);
      },
      true,
    );
  document.addEventListener(
    "submit",
    (event) => {
      if (!(event.target instanceof Element) || isHeard(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}
