import { europeanEconomicArea } from "../regions/openai/countries.ts";
import type { CallShape, ShapeTable } from "./call-shape.ts";
import { placeOf } from "./compute-results.ts";
import type { ComputedReport, Place, TransferRow } from "./computed-report.ts";
import { totalOf } from "./exact-sum.ts";
import { groupShapes, listed } from "./group-shapes.ts";
import { listedMax } from "./tally-part.ts";

/**
 * What left with content for a host that may handle it outside the European Economic Area, per application, host and
 * operation. A place that is not determined rules no country out, so its row stands here too.
 */
export function computeTransfers(shapes: ShapeTable): ComputedReport["transfers"] {
  const groups = groupShapes(shapes, (shape) => {
    const places = placesOf(shape);
    if (!shape.left || !shape.carriesContent || shape.host === null) return null;
    if (places.third_countries !== "undetermined" && places.third_countries.length === 0) return null;
    return {
      application_id: shape.applicationId,
      host: shape.host,
      region: shape.region,
      operation: shape.operation,
      ...places,
      grade: shape.claims.find(({ claim }) => claim === "inference")?.grade ?? null,
    };
  });
  const rows = groups.map(
    ({ key, sums }): TransferRow => ({
      ...key,
      calls: sums.calls,
      input_tokens: totalOf(sums.inputTokens),
      output_tokens: totalOf(sums.outputTokens),
      request_bytes: totalOf(sums.requestBytes),
      response_bytes: totalOf(sums.responseBytes),
      first_at: sums.firstAt,
      last_at: sums.lastAt,
    }),
  );
  return listed(rows, listedMax);
}

/**
 * Where the service ends the connection, keeps and processes. An endpoint that runs no model has no place of inference, and
 * one that handles no file none of handling: the one that is known stands for processing.
 */
function placesOf(shape: CallShape): Pick<TransferRow, "third_countries" | "b_02_02"> {
  const c0130 = placeOf(shape, "ingress");
  const c0150 = placeOf(shape, "storage");
  const c0160 = unionOf([placeOf(shape, "inference"), placeOf(shape, "handling")].filter(isDetermined));
  const third =
    isDetermined(c0150) && isDetermined(c0160)
      ? [...new Set([...c0150, ...c0160])].filter((country) => !europeanEconomicArea.includes(country)).sort()
      : "undetermined";
  return { third_countries: third, b_02_02: { c0130, c0150, c0160 } };
}

function unionOf(places: readonly (readonly string[])[]): Place {
  return places.length === 0 ? "undetermined" : [...new Set(places.flat())].sort();
}

function isDetermined(place: Place): place is readonly string[] {
  return place !== "undetermined";
}
