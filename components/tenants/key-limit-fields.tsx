import { useState } from "react";
import { type KeyScope, keyScopes, keyScopeWords } from "../../lib/core/access/key-scopes.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";

export type KeyLimitFieldsProps = { errorOf: (field: string) => string | null };

const ends = [
  { days: "", title: "When it is revoked" },
  { days: "30", title: "In 30 days" },
  { days: "90", title: "In 90 days" },
  { days: "365", title: "In a year" },
] as const;

/** What a key may be used for: everything, unless something is said here. Read back by `readKeyLimits`. */
export function KeyLimitFields({ errorOf }: KeyLimitFieldsProps) {
  const [confined, setConfined] = useState(false);
  return (
    <details className="rounded-md border">
      <summary className="cursor-pointer px-3 py-2 font-medium text-sm">Limits</summary>
      <div className="flex flex-col gap-4 border-t p-3">
        <Field error={errorOf("expiresAt")} hint="From then on gateways refuse it." label="Ends">
          <Select name="endsInDays">
            {ends.map(({ days, title }) => (
              <option key={days} value={days}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          error={errorOf("scopes")}
          hint="Paths outside are refused, also those nobody has listed."
          label="May call"
        >
          <Select
            name="confined"
            onChange={({ target }) => setConfined(target.value === "yes")}
            value={confined ? "yes" : "no"}
          >
            <option value="no">Every surface</option>
            <option value="yes">Only some surfaces</option>
          </Select>
        </Field>
        {confined ? (
          <fieldset className="divide-y divide-line rounded-md border">
            <legend className="sr-only">Surfaces it may call</legend>
            {keyScopes.map((scope) => (
              <label
                className="flex cursor-pointer items-baseline gap-2.5 px-3 py-1.5 hover:bg-hover"
                key={scope}
              >
                <input
                  className="size-3.5 translate-y-0.5 accent-accent"
                  name="scopes"
                  type="checkbox"
                  value={scope}
                />
                <span className="text-sm">{keyScopeWords[scope].title}</span>
                <span className="text-faint text-xs">{keyScopeWords[scope].meaning}</span>
              </label>
            ))}
          </fieldset>
        ) : null}
        <Field
          error={errorOf("allowedFrom")}
          hint="Addresses or blocks such as 192.0.2.0/24, separated by blanks. Empty: from everywhere."
          label="Taken from"
          optional
        >
          <Input autoComplete="off" className="font-mono text-sm" name="allowedFrom" spellCheck={false} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field error={errorOf("callsPerMinute")} hint="At each gateway." label="Calls a minute" optional>
            <Input inputMode="numeric" min={1} name="callsPerMinute" type="number" />
          </Field>
          <Field error={errorOf("concurrentCalls")} hint="At each gateway." label="Open at once" optional>
            <Input inputMode="numeric" min={1} name="concurrentCalls" type="number" />
          </Field>
        </div>
      </div>
    </details>
  );
}

/** The fields' values as `createKeyInput` takes them. */
export function readKeyLimits(form: FormData, now: Date) {
  const text = (name: string): string => String(form.get(name) ?? "").trim();
  const count = (name: string) => (text(name) === "" ? null : Number(text(name)));
  const days = Number(text("endsInDays"));
  return {
    expiresAt: days > 0 ? new Date(now.getTime() + days * dayMs).toISOString() : null,
    scopes: form.get("confined") === "yes" ? (form.getAll("scopes") as KeyScope[]) : null,
    allowedFrom: text("allowedFrom")
      .split(/[\s,]+/)
      .filter((each) => each !== ""),
    callsPerMinute: count("callsPerMinute"),
    concurrentCalls: count("concurrentCalls"),
  };
}
