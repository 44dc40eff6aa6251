import type { LocationClaim } from "../calls/evidence.ts";
import type { CallShape, ShapeTable } from "./call-shape.ts";
import type { ComputedReport, Place } from "./computed-report.ts";
import { totalOf } from "./exact-sum.ts";
import { listedMax } from "./first-rows.ts";
import { countShapes, groupShapes, listed, volumesOf } from "./group-shapes.ts";

/** The tables of results, each another view of the same shapes. */
export function computeResults(shapes: ShapeTable): ComputedReport["results"] {
  const whole = groupShapes(shapes, () => ({}))[0]?.sums;
  return {
    verdicts: countShapes(shapes, ({ verdict, basis }) => ({ verdict, basis })),
    bands: volumesOf(shapes, ({ band }) => ({ band })),
    causes: countShapes(shapes, ({ reasons, standing }) =>
      [...new Set<string>([...reasons, ...standing])].map((cause) => ({ cause })),
    ),
    claims: listed(
      volumesOf(shapes, ({ claims }) => claims.map(({ claim, value, grade }) => ({ claim, value, grade }))),
      listedMax,
    ),
    matrix: listed(
      volumesOf(shapes, (shape) => ({
        intended_region: shape.intendedRegion,
        region: shape.region,
        inference: placeOf(shape, "inference"),
        storage: placeOf(shape, "storage"),
        band: shape.band,
      })),
      listedMax,
    ),
    hosts: listed(
      volumesOf(shapes, ({ host, region, verdict }) => ({ host, region, verdict })),
      listedMax,
    ),
    models: listed(
      volumesOf(shapes, ({ model, region, verdict }) => ({ model, region, verdict })),
      listedMax,
    ),
    operations: listed(
      volumesOf(shapes, ({ operation, verdict }) => ({ operation, verdict })),
      listedMax,
    ),
    applications: listed(
      volumesOf(shapes, ({ applicationId, band }) => ({ application_id: applicationId, band })),
      listedMax,
    ),
    would_block: countShapes(shapes, ({ wouldBlock }) => (wouldBlock === null ? null : { code: wouldBlock })),
    tokens: {
      input: whole ? totalOf(whole.inputTokens) : 0,
      output: whole ? totalOf(whole.outputTokens) : 0,
      cached_input: whole ? totalOf(whole.cachedInputTokens) : 0,
      reasoning: whole ? totalOf(whole.reasoningTokens) : 0,
      calls_without: whole?.withoutTokens ?? 0,
    },
    bytes: {
      requests: whole ? totalOf(whole.requestBytes) : 0,
      responses: whole ? totalOf(whole.responseBytes) : 0,
    },
  };
}

/** What a call's entry says of one claim; a claim it does not speak of is undetermined. */
export function placeOf({ claims }: CallShape, claim: LocationClaim): Place {
  return claims.find((each) => each.claim === claim)?.value ?? "undetermined";
}
