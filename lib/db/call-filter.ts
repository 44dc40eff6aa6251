/** Facets as a query takes them: null where nothing is asked, else any of these. */
export type CallFilter = {
  readonly verdict: readonly string[] | null;
  readonly band: readonly string[] | null;
  readonly cause: readonly string[] | null;
  readonly region: readonly string[] | null;
  readonly host: readonly string[] | null;
  readonly model: readonly string[] | null;
  readonly operation: readonly string[] | null;
  readonly applicationId: readonly string[] | null;
  readonly source: readonly string[] | null;
  readonly basis: readonly string[] | null;
};

/** The filter's parameters, ten of them, in the order of `callCondition` and `rollupCondition`. */
export function filterValues(filter: CallFilter): unknown[] {
  const { verdict, band, cause, region, host, model, operation, applicationId, source, basis } = filter;
  return [verdict, band, cause, region, host, model, operation, applicationId, source, basis];
}

/** True for rows of `call c` that match; the parameters begin at `$first`. */
export function callCondition(first: number): string {
  return conditions(first, [
    (p) => `c.verdict = ANY(${p}::text[])`,
    (p) => `coalesce(c.band, 'none') = ANY(${p}::text[])`,
    (p) => `c.causes && ${p}::text[]`,
    (p) => `c.region_dim = ANY(${p}::text[])`,
    (p) => `c.host_dim = ANY(${p}::text[])`,
    (p) => `c.model_dim = ANY(${p}::text[])`,
    (p) => `c.operation = ANY(${p}::text[])`,
    (p) => `c.application_id = ANY(${p}::uuid[])`,
    (p) => `c.source = ANY(${p}::text[])`,
    (p) => `c.basis = ANY(${p}::text[])`,
  ]);
}

/** The same for rows of `rollup_hour r`. */
export function rollupCondition(first: number): string {
  return conditions(first, [
    (p) => `r.verdict = ANY(${p}::text[])`,
    (p) => `r.band = ANY(${p}::text[])`,
    (p) => `string_to_array(r.causes, ',') && ${p}::text[]`,
    (p) => `r.region = ANY(${p}::text[])`,
    (p) => `r.host = ANY(${p}::text[])`,
    (p) => `r.model = ANY(${p}::text[])`,
    (p) => `r.operation = ANY(${p}::text[])`,
    (p) => `r.application_id = ANY(${p}::uuid[])`,
    (p) => `r.source = ANY(${p}::text[])`,
    (p) => `r.basis = ANY(${p}::text[])`,
  ]);
}

// An absent facet folds away at planning: the parameters are known then.
function conditions(first: number, each: readonly ((parameter: string) => string)[]): string {
  return each
    .map((condition, i) => {
      const parameter = `$${first + i}`;
      return `(${parameter}${i === 7 ? "::uuid[]" : "::text[]"} IS NULL OR ${condition(parameter)})`;
    })
    .join(" AND ");
}
