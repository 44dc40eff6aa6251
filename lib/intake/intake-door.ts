import type { IncomingMessage, ServerResponse } from "node:http";
import { intakeLimits } from "../contracts/intake.ts";
import { createByteBudget } from "../http/byte-budget.ts";
import { BodyUnreadable, readBody } from "../http/read-body.ts";
import { log } from "../log.ts";
import { createAdmission } from "./admission.ts";
import { answerRefusal } from "./answer-refusal.ts";
import { bodyKindOf, routeOf } from "./body-kind.ts";
import type { Door, DoorHost } from "./door.ts";
import { identifyReporter } from "./identify-reporter.ts";
import { createIntakeMetrics } from "./intake-metrics.ts";
import { IntakeRefusal } from "./intake-refusal.ts";
import { defaultIntakeSettings, type IntakeSettings } from "./intake-settings.ts";
import type { IntakeOutcome } from "./order.ts";
import { contentEncodingOf } from "./read-plain.ts";
import { createOwnRecorders, startThreadRecorders } from "./recorders.ts";

/**
 * The door for calls that other programs report: `/intake/…` and `/otlp/…` on the gateway's port.
 *
 * Nothing is acknowledged that could be lost: an answer of 2xx is written after the commit. What does not fit is refused
 * before it is read.
 */
export async function createIntakeDoor(host: DoorHost, given: Partial<IntakeSettings> = {}): Promise<Door> {
  const settings = { ...defaultIntakeSettings, ...given };
  const recorders =
    settings.threads > 0 ? await startThreadRecorders(settings.threads) : createOwnRecorders();
  const metrics = createIntakeMetrics();
  const budget = createByteBudget(settings.bodiesBytesMax);
  const admission = createAdmission({ ...settings, now: () => performance.now() });

  const record = async (request: IncomingMessage, response: ServerResponse): Promise<IntakeOutcome> => {
    const route = routeOf(request.url ?? "");
    if (request.method !== "POST") throw new IntakeRefusal("method_not_allowed");
    if (host.isStopping()) throw new IntakeRefusal("shutting_down");
    const key = await identifyReporter(host, request);
    const kind = bodyKindOf(route, request.headers["content-type"]);
    const encoding = contentEncodingOf(request.headers["content-encoding"]);
    const admitted = admission.enter(key);
    try {
      if (request.headers.expect !== undefined) response.writeContinue();
      const body = await readBody(
        request,
        { bodyBytesMax: intakeLimits.bodyBytesMax, budget },
        settings.arrivalMsMax,
      );
      try {
        const { tenantId, applicationId, keyId } = key;
        const outcome = await recorders.answer({
          kind,
          encoding,
          body: body.bytes,
          reporter: { tenantId, applicationId, keyId },
          receivedAt: Date.now(),
          own: [...settings.own],
        });
        if (outcome.ok) admitted.charge(outcome.records);
        return outcome;
      } finally {
        body.release();
      }
    } finally {
      admitted.leave();
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const began = performance.now();
    const route = routeOf(request.url ?? "");
    try {
      const outcome = await record(request, response);
      if (!outcome.ok) {
        const { code, message, cause } = outcome;
        throw new IntakeRefusal(code, { message, ...(cause !== null && { cause }) });
      }
      response.writeHead(200, {
        "content-type": outcome.contentType,
        "content-length": String(Buffer.byteLength(outcome.body)),
        "cache-control": "no-store",
      });
      response.end(outcome.body);
      metrics.answered(route, outcome.outcomes, (performance.now() - began) / 1_000);
    } catch (error) {
      const refusal = refusalOf(error);
      const { code, cause } = refusal;
      if (cause !== undefined && refusal.status >= 500)
        log.error({ code, route, err: cause }, "a report was not taken");
      metrics.refused(route, code);
      answerRefusal(request, response, refusal, route);
    }
  };

  return {
    handle(request, response) {
      const path = request.url ?? "";
      if (!path.startsWith("/intake/") && !path.startsWith("/otlp/")) return false;
      if (routeOf(path) === null) return false;
      void answer(request, response);
      return true;
    },
    metrics: () => metrics.text({ open: admission.open(), bodiesBytes: budget.held() }),
    stop: recorders.stop,
  };
}

const ofBody = {
  too_large: "body_too_large",
  over_budget: "intake_busy",
  aborted: "request_timeout",
} as const;

function refusalOf(error: unknown): IntakeRefusal {
  if (error instanceof IntakeRefusal) return error;
  if (error instanceof BodyUnreadable) return new IntakeRefusal(ofBody[error.problem]);
  return new IntakeRefusal("internal_error", { cause: error });
}
