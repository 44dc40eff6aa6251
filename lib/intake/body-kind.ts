import { IntakeRefusal } from "./intake-refusal.ts";
import type { BodyKind } from "./order.ts";
import { encodingOf } from "./otlp/export-answer.ts";
import type { ItemForm } from "./split-items.ts";

export type IntakeRoute = BodyKind["route"];

const routes: Readonly<Record<string, IntakeRoute>> = {
  "/intake/v1/calls": "calls",
  "/intake/v1/litellm": "litellm",
  "/otlp/v1/traces": "otlp",
};

/** The route of a request's address, whatever its query; null: none of the intake's. */
export function routeOf(url: string): IntakeRoute | null {
  const path = url.replace(/\?.*$/, "");
  return Object.hasOwn(routes, path) ? (routes[path] ?? null) : null;
}

/** What the body holds. A body without a type is taken for JSON. */
export function bodyKindOf(route: IntakeRoute | null, contentType: string | undefined): BodyKind {
  if (route === null) throw new IntakeRefusal("unsupported_media_type");
  if (route === "otlp") {
    const encoding = encodingOf(contentType);
    if (encoding !== null) return { route, encoding };
    throw new IntakeRefusal("unsupported_media_type", {
      message: "The body must be application/x-protobuf or application/json. Nothing was recorded.",
    });
  }
  const bare = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return { route, form: itemForm(bare) };
}

function itemForm(bare: string): ItemForm {
  if (bare === "" || bare === "application/json" || bare === "text/json") return "json";
  if (/^application\/(x-ndjson|ndjson|jsonl|x-jsonl|jsonlines|x-jsonlines)$/.test(bare)) return "ndjson";
  throw new IntakeRefusal("unsupported_media_type", {
    message: "The body must be application/json or application/x-ndjson. Nothing was recorded.",
  });
}
