"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

const themes = [
  { id: "light", title: "Light", icon: Sun },
  { id: "dark", title: "Dark", icon: Moon },
  { id: "system", title: "As the system", icon: Monitor },
] as const;

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  // The server cannot know the choice; nothing is marked until the browser tells.
  const isBrowser = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  return (
    <fieldset className="flex h-7 w-fit rounded-md border border-line-strong">
      <legend className="sr-only">Theme</legend>
      {themes.map(({ id, title, icon: Icon }) => (
        <button
          aria-label={title}
          aria-pressed={isBrowser && theme === id}
          className="inline-flex w-8 items-center justify-center text-faint first-of-type:rounded-l-md last-of-type:rounded-r-md hover:text-ink aria-pressed:bg-hover aria-pressed:text-ink"
          key={id}
          onClick={() => setTheme(id)}
          title={title}
          type="button"
        >
          <Icon aria-hidden="true" className="size-3.5" />
        </button>
      ))}
    </fieldset>
  );
}

const subscribeToNothing = () => () => undefined;
