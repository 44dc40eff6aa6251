import { DropdownMenu } from "radix-ui";
import {
  type ComponentType,
  lazy,
  type ReactNode,
  StrictMode,
  Suspense,
  startTransition,
  useState,
} from "react";
import { hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, it, type Mock, vi } from "vitest";
import { keepEarlyInput } from "./early-input.ts";
import { Listening } from "./listening.tsx";

/** As the page has it: in the document before React, here with everything taken back after each test. */
const added: { on: EventTarget; args: Parameters<EventTarget["addEventListener"]> }[] = [];
let container: HTMLElement;
let root: Root | null = null;

beforeEach(() => {
  container = document.body.appendChild(document.createElement("div"));
  for (const on of [document, window]) {
    const add: EventTarget["addEventListener"] = on.addEventListener.bind(on);
    vi.spyOn<EventTarget, "addEventListener">(on, "addEventListener").mockImplementation((...args) => {
      added.push({ on, args });
      add(...args);
    });
  }
  keepEarlyInput();
});

afterEach(() => {
  root?.unmount();
  root = null;
  for (const { on, args } of added.splice(0)) on.removeEventListener(...args);
  document.body.replaceChildren();
});

/** What the server has sent, with nobody who listens. */
function serve(page: ReactNode): { listen: () => void } {
  const whole = (
    <StrictMode>
      {page}
      <Listening />
    </StrictMode>
  );
  container.innerHTML = renderToString(whole);
  return {
    // As Next does it: what is pressed while React still walks through the page makes it do so at once.
    listen: () =>
      startTransition(() => {
        root = hydrateRoot(container, whole);
      }),
  };
}

const the = <Kind extends HTMLElement>(selector: string): Kind => {
  const found = document.querySelector<Kind>(selector);
  if (!found) throw new Error(`${selector} is not there`);
  return found;
};

const isHeard = (selector: string): boolean =>
  Object.keys(the(selector)).some((key) => key.startsWith("__reactProps$"));

function Page({ children }: { children?: ReactNode }) {
  return <main id="page">{children}</main>;
}

/** Three that exclude each other. */
function Radios({ chosen, onChoose }: { chosen: string; onChoose: (id: string) => void }) {
  return ["x", "y", "z"].map((id) => (
    <input checked={chosen === id} id={id} key={id} name="one" onChange={() => onChoose(id)} type="radio" />
  ));
}

it("presses once what was pressed before anybody listened, and the last of several", async () => {
  const first = vi.fn();
  const last = vi.fn();
  const { listen } = serve(
    <Page>
      <button id="first" onClick={first} type="button" />
      <button id="last" onClick={last} type="button" />
    </Page>,
  );
  the("#first").click();
  the("#last").click();
  the("#last").click();
  await whenAllTimeHasPassedAfter(() => expect(last).toHaveBeenCalled(), listen);
  expect(last).toHaveBeenCalledTimes(1);
  expect(first).not.toHaveBeenCalled();
  the("#last").click();
  expect(last).toHaveBeenCalledTimes(2);
});

it("does not press twice what makes React listen by being pressed", async () => {
  const pressed = vi.fn();
  const { listen } = serve(
    <Page>
      <button id="first" onClick={pressed} type="button" />
    </Page>,
  );
  await whenAllTimeHasPassedAfter(
    () => expect(pressed).toHaveBeenCalled(),
    () => {
      listen();
      the("#first").click();
    },
  );
  expect(pressed).toHaveBeenCalledTimes(1);
});

it("keeps each tick, and only the one that was chosen last of several that exclude each other", async () => {
  const heard: string[] = [];
  function Ticks() {
    const [ticked, setTicked] = useState<readonly string[]>(["c"]);
    const [one, setOne] = useState("x");
    return (
      <Page>
        {["a", "b", "c", "d"].map((id) => (
          <input
            checked={ticked.includes(id)}
            id={id}
            key={id}
            onChange={({ target: { checked } }) => {
              heard.push(`${id} ${checked}`);
              setTicked((before) => (checked ? [...before, id] : before.filter((each) => each !== id)));
            }}
            type="checkbox"
          />
        ))}
        <Radios
          chosen={one}
          onChoose={(id) => {
            heard.push(id);
            setOne(id);
          }}
        />
        <output>{[...ticked].sort().join(" ") + one}</output>
      </Page>
    );
  }
  const { listen } = serve(<Ticks />);
  for (const id of ["a", "b", "c", "d", "d", "y", "z"]) the(`#${id}`).click();
  // The browser shows it meanwhile.
  expect(the<HTMLInputElement>("#a").checked).toBe(true);
  listen();
  await vi.waitFor(() => expect(the("output").textContent).toBe("a bz"));
  expect(heard).toEqual(["a true", "b true", "c false", "z"]);
  expect([...document.querySelectorAll<HTMLInputElement>(":checked")].map(({ id }) => id)).toEqual([
    "a",
    "b",
    "z",
  ]);
});

it("does not tell what was chosen before, where something else is chosen once the page listens", async () => {
  const heard: string[] = [];
  function Choice() {
    const [one, setOne] = useState("x");
    return (
      <Page>
        <Radios
          chosen={one}
          onChoose={(id) => {
            heard.push(id);
            setOne(id);
          }}
        />
      </Page>
    );
  }
  const { listen } = serve(<Choice />);
  the("#y").click();
  const choose = (): void => {
    the("#z").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    the("#z").click();
  };
  document.addEventListener("domicile:listening", choose, { once: true });
  await whenAllTimeHasPassedAfter(() => expect(heard).not.toEqual([]), listen);
  expect(heard).toEqual(["z"]);
  expect(the<HTMLInputElement>("#z").checked).toBe(true);
});

it("tells what was written and chosen as it is then, and leaves the caret where it is", async () => {
  function Fields() {
    const [typed, setTyped] = useState("");
    const [chosen, setChosen] = useState("one");
    return (
      <Page>
        <input id="typed" onChange={({ target }) => setTyped(target.value)} value={typed} />
        <select onChange={({ target }) => setChosen(target.value)} value={chosen}>
          <option>one</option>
          <option>two</option>
        </select>
        <output>{`${typed} ${chosen}`}</output>
      </Page>
    );
  }
  const { listen } = serve(<Fields />);
  const field = the<HTMLInputElement>("#typed");
  type(field, "abc");
  field.setSelectionRange(1, 2);
  the<HTMLSelectElement>("select").value = "two";
  the("select").dispatchEvent(new Event("input", { bubbles: true }));
  listen();
  await vi.waitFor(() => expect(the("output").textContent).toBe("abc two"));
  expect([field.selectionStart, field.selectionEnd]).toEqual([1, 2]);
});

it("puts back what was written where the page is drawn anew before it is told", async () => {
  let draw = (): void => {};
  function Field() {
    const [typed, setTyped] = useState("");
    const [, setTimes] = useState(0);
    draw = () => setTimes((times) => times + 1);
    return (
      <Page>
        <input id="typed" onChange={({ target }) => setTyped(target.value)} value={typed} />
        <output>{typed}</output>
      </Page>
    );
  }
  const { listen } = serve(<Field />);
  const field = the<HTMLInputElement>("#typed");
  type(field, "abc");
  document.addEventListener("domicile:listening", () => draw());
  listen();
  await vi.waitFor(() => expect(the("output").textContent).toBe("abc"));
  expect(field.value).toBe("abc");
});

it("opens a menu, which opens by the pointer going down", async () => {
  const opened = vi.fn();
  const { listen } = serve(
    <Page>
      <DropdownMenu.Root modal={false} onOpenChange={opened}>
        <DropdownMenu.Trigger id="menu" />
      </DropdownMenu.Root>
    </Page>,
  );
  the("#menu").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 0 }));
  listen();
  await vi.waitFor(() => expect(isHeard("#menu")).toBe(true));
  the("#menu").click();
  await vi.waitFor(() => expect(opened).toHaveBeenCalledWith(true));
  expect(opened).toHaveBeenCalledTimes(1);
});

it("opens a row, but follows a link in it", async () => {
  const opened = vi.fn();
  const { listen } = serve(
    <Page>
      <table>
        <tbody>
          <tr onClick={opened} tabIndex={0}>
            <td>
              <a href="#there">There</a>
            </td>
          </tr>
        </tbody>
      </table>
    </Page>,
  );
  expect(the("a").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))).toBe(true);
  the("td").click();
  listen();
  await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(1));
});

/** A page that listens, but for a part that has come, and whose program has not. */
async function listensInPart(): Promise<{ pressed: Mock; changed: Mock; arrive: () => void }> {
  const [pressed, changed] = [vi.fn(), vi.fn()];
  const Late = () => <button id="late" onClick={pressed} type="button" />;
  let Part: ComponentType = Late;
  const whole = () => (
    <Page>
      <Suspense>
        <input id="tick" onChange={changed} type="checkbox" />
        <input id="typed" onChange={changed} />
        <Part />
      </Suspense>
      <Listening />
    </Page>
  );
  container.innerHTML = renderToString(whole());
  const listening = isListening();
  const program = Promise.withResolvers<{ default: ComponentType }>();
  Part = lazy(() => program.promise);
  root = hydrateRoot(container, whole());
  await listening;
  return { pressed, changed, arrive: () => program.resolve({ default: Late }) };
}

it("waits for a part of the page that React comes to later, and tells it once", async () => {
  const { pressed, changed, arrive } = await listensInPart();
  the("#late").click();
  // React knows it already, and does not listen to it: the rest of its part is not there.
  the("#tick").click();
  const isTold = (): void => {
    expect(pressed).toHaveBeenCalled();
    expect(changed).toHaveBeenCalled();
  };
  await whenAllTimeHasPassedAfter(isTold, arrive);
  expect(pressed).toHaveBeenCalledTimes(1);
  expect(changed).toHaveBeenCalledTimes(1);
  expect(the<HTMLInputElement>("#tick").checked).toBe(true);
});

it.each([
  ["a tick", () => the("#tick").click()],
  ["what is written", () => type(the("#typed"), "abc")],
])("tells %s by which React comes to a part of the page", async (_what, change) => {
  const { changed, arrive } = await listensInPart();
  arrive();
  await Promise.resolve();
  await whenAllTimeHasPassedAfter(() => expect(changed).toHaveBeenCalled(), change);
  expect(changed).toHaveBeenCalledTimes(1);
});

it("lets be, ten seconds after the page listens, what is not of ours", async () => {
  const { listen } = serve(<Page />);
  const theirs = document.body.appendChild(document.createElement("button"));
  const pressed = vi.fn();
  theirs.addEventListener("click", pressed);
  const listening = isListening();
  listen();
  await listening;
  vi.useFakeTimers();
  try {
    theirs.click();
    expect(pressed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_100);
    expect(pressed).toHaveBeenCalledTimes(1);
    theirs.click();
    expect(pressed).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it("asks for no time while nobody listens", () => {
  vi.useFakeTimers();
  try {
    serve(
      <Page>
        <button id="first" type="button" />
      </Page>,
    );
    the("#first").click();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

const isListening = (): Promise<unknown> =>
  new Promise((resolve) => document.addEventListener("domicile:listening", resolve));

/** Waits for this, and a second longer: nothing comes of any timer after it. */
async function whenAllTimeHasPassedAfter(isSo: () => void, act: () => void): Promise<void> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    act();
    await vi.waitFor(isSo);
    await vi.advanceTimersByTimeAsync(1_000);
  } finally {
    vi.useRealTimers();
  }
}

function type(field: HTMLInputElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
