import type { Exported } from "../../core/trail/evidence-kinds.ts";
import type { TenantRef } from "../access.ts";
import type { Actor } from "../actor.ts";
import { recordExport } from "../trail/record-export.ts";
import type { Span } from "../window.ts";

/** Says in the log of every tenant that the file shows that it is taken along. Before the first byte leaves. */
export async function noteExport(
  actor: Actor,
  tenants: readonly TenantRef[],
  {
    rows,
    ...what
  }: { what: Exported; object: string; filter: string; rows: (of: TenantRef) => number | null },
): Promise<void> {
  for (const tenant of tenants)
    await recordExport(actor, {
      ...what,
      tenant: tenant.slug,
      rows: rows(tenant),
      bytes: null,
      sha256: null,
    });
}

type Named = { readonly tenant?: string | undefined; readonly format: string };

/** `usage-bank-20261113-20261120.csv`; without a span the day on which it was made. */
export function fileName(noun: string, { tenant, format }: Named, span: Span | Date): string {
  const days = span instanceof Date ? [span] : [span.from, span.to];
  return `${[noun, tenant ?? "all", ...days.map(day)].join("-")}.${format}`;
}

/** The filter as the log keeps it, so that anybody can ask for the same again. */
export function filterWords<Facet extends string>(
  search: Readonly<Record<Facet, string | readonly string[]>>,
  facets: readonly Facet[],
  span: Span | null,
): string {
  const narrowed = facets.flatMap((facet) => {
    const values = [search[facet]].flat();
    return values.length === 0 ? [] : `${facet}: ${values.join(" or ")}`;
  });
  const when = span === null ? [] : [`${span.from.toISOString()} to ${span.to.toISOString()}`];
  return [...when, ...narrowed].join("; ").slice(0, 1_000);
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10).replaceAll("-", "");
}
