import type { Confidence, Source, Stated } from "../../lib/core/regions/catalog.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { confidenceWords } from "./cell-words.ts";

export type StatedFieldsProps = { sources: readonly Source[]; given: Stated | null; today: string };

/** What a new statement rests on: the source that was read, when, and how sure it is. */
export function StatedFields({ sources, given, today }: StatedFieldsProps) {
  return (
    <>
      <Field hint="A source that is not listed is added under Add." label="Source">
        <Select className="w-full" defaultValue={given?.sourceId} name="sourceId">
          {sources.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field hint="The day of the copy that was read." label="As of">
          <Input defaultValue={today} max={today} name="asOf" required type="date" />
        </Field>
        <Field label="Confidence">
          <Select className="w-full" defaultValue={given?.confidence ?? "high"} name="confidence">
            {Object.entries(confidenceWords).map(([confidence, words]) => (
              <option key={confidence} value={confidence}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </>
  );
}

/** The same read back. Who confirmed it is said apart, after publication. */
export function readStated(form: FormData, today: string): Stated {
  return {
    sourceId: String(form.get("sourceId")),
    asOf: String(form.get("asOf")) || today,
    confidence: String(form.get("confidence")) as Confidence,
    confirmedBy: null,
  };
}

/** Today's day in UTC. */
export function utcToday(): string {
  return new Date().toISOString().slice(0, 10);
}
