import { europeanEconomicArea } from "../regions/openai/countries.ts";
import type { CallShape, ShapeTable } from "./call-shape.ts";
import { placeOf } from "./compute-results.ts";
import type { ComputedReport, Listed, Place, ServiceRow, TransferRow } from "./computed-report.ts";
import { totalOf } from "./exact-sum.ts";
import { listedMax } from "./first-rows.ts";
import { groupShapes, listed } from "./group-shapes.ts";

/**
 * What left with content for a host that may handle it outside the European Economic Area, per application, host and
 * operation. A place that is not determined rules no country out, so its row stands here too.
 */
export function computeTransfers(
  shapes: ShapeTable,
  processingOf: ProcessingOf = processing,
): ComputedReport["transfers"] {
  return flows(shapes, (shape): Pick<TransferRow, "third_countries" | "b_02_02"> | null => {
    const places = placesOf(shape, processingOf);
    const third = thirdCountries(places);
    return third !== "undetermined" && third.length === 0
      ? null
      : { third_countries: third, b_02_02: places };
  });
}

/** The same for every host that was sent content, wherever it handles it: what the register of DORA asks of each service. */
export function computeServices(shapes: ShapeTable): ComputedReport["dora"] {
  return flows(shapes, (shape): Pick<ServiceRow, "b_02_02"> => ({ b_02_02: placesOf(shape, processing) }));
}

function flows<Places extends Pick<TransferRow, "b_02_02">>(
  shapes: ShapeTable,
  placesOf: (shape: CallShape) => Places | null,
): Listed<ServiceRow & Places> {
  const groups = groupShapes(shapes, (shape) => {
    const { left, carriesContent, host } = shape;
    const places = left && carriesContent && host !== null ? placesOf(shape) : null;
    if (places === null || host === null) return null;
    return {
      application_id: shape.applicationId,
      host,
      region: shape.region,
      operation: shape.operation,
      ...places,
      grade: shape.claims.find(({ claim }) => claim === "inference")?.grade ?? null,
    };
  });
  const rows = groups.map(({ key, sums }) => ({
    ...key,
    calls: sums.calls,
    input_tokens: totalOf(sums.inputTokens),
    output_tokens: totalOf(sums.outputTokens),
    request_bytes: totalOf(sums.requestBytes),
    response_bytes: totalOf(sums.responseBytes),
    first_at: sums.firstAt,
    last_at: sums.lastAt,
  }));
  return listed(rows, listedMax);
}

/** Where the service ends the connection, keeps and processes: columns of template B_02.02. */
function placesOf(shape: CallShape, processingOf: ProcessingOf): TransferRow["b_02_02"] {
  return {
    c0130: placeOf(shape, "ingress"),
    c0150: placeOf(shape, "storage"),
    c0160: processingOf(placeOf(shape, "inference"), placeOf(shape, "handling")),
  };
}

type ProcessingOf = (inference: Place, handling: Place) => Place;

/**
 * An endpoint that runs no model has no place of inference, and one that handles no file none of handling: an empty list.
 * What is not determined is neither, and leaves the whole undetermined.
 */
const processing: ProcessingOf = (inference, handling) =>
  inference === "undetermined" || handling === "undetermined"
    ? "undetermined"
    : [...new Set([...inference, ...handling])].sort();

function thirdCountries({ c0150, c0160 }: TransferRow["b_02_02"]): Place {
  if (c0150 === "undetermined" || c0160 === "undetermined") return "undetermined";
  return [...new Set([...c0150, ...c0160])]
    .filter((country) => !europeanEconomicArea.includes(country))
    .sort();
}
