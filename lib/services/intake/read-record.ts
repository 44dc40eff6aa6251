import { type IntakeRecord, intakeRecord, type RecordResult } from "../../contracts/intake.ts";
import { nothingReported, type ReportedCall } from "../../core/intake/reported-call.ts";

export type ReadRecord =
  | { readonly report: ReportedCall }
  | { readonly clientId: string | null; readonly error: NonNullable<RecordResult["error"]> };

/**
 * One record of the native form. trust: it is whatever somebody sent. Names of members stand in the error, values never.
 */
export function readRecord(value: unknown): ReadRecord {
  const parsed = intakeRecord.safeParse(value, words);
  if (parsed.success) return { report: reportOfRecord(parsed.data) };
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys : [];
  // trust: a member's name is anybody's, and an import keeps it where no database takes a zero character or half a pair.
  const field = [...(issue?.path ?? []), ...unknown.slice(0, 1)]
    .map(String)
    .join(".")
    .slice(0, 120)
    .replace(/[\p{Cc}\p{Cs}]/gu, "\uFFFD");
  const message =
    unknown.length > 0
      ? "A record has no such member. It was not read."
      : (issue?.message ?? "It is no record.").slice(0, 200);
  return {
    clientId: clientIdOf(value),
    error: { code: "record_invalid", message, ...(field === "" ? {} : { field }) },
  };
}

/** In place of zod's own, which speak of types where there is nothing to have one. */
const words = {
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? "It is missing." : undefined),
};

/** So that whoever sent a record finds it again. */
function clientIdOf(value: unknown): string | null {
  const found = intakeRecord.shape.clientId.safeParse((value as { clientId?: unknown } | null)?.clientId);
  return found.success ? found.data : null;
}

function reportOfRecord(record: IntakeRecord): ReportedCall {
  const startedAt = new Date(record.startedAt);
  const endedAt =
    record.endedAt != null
      ? new Date(record.endedAt)
      : record.durationMs == null
        ? null
        : new Date(startedAt.getTime() + record.durationMs);
  const { usage, echo, socket } = record;
  return {
    clientId: record.clientId,
    format: "json",
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    host: record.host ?? null,
    hostSource: record.hostSource ?? "log",
    socket: socket ? told(socket) : null,
    method: record.method?.toUpperCase() ?? null,
    path: record.path?.replace(/[?#].*$/, "") ?? null,
    operation: record.operation ?? null,
    modelRequested: record.model ?? null,
    modelAnswered: record.modelAnswered ?? null,
    stream: record.stream ?? false,
    store: said(record.store),
    background: said(record.background),
    serviceTier: record.serviceTier ?? null,
    featuresOffered: distinct(record.featuresOffered),
    featuresUsed: distinct(record.featuresUsed),
    requestRead: record.requestRead ?? false,
    answerRead: record.answerRead ?? false,
    storedStateRefs: record.storedStateRefs ? distinct(record.storedStateRefs) : null,
    usage: usage
      ? {
          inputTokens: usage.inputTokens ?? null,
          outputTokens: usage.outputTokens ?? null,
          cachedInputTokens: usage.cachedInputTokens ?? null,
          reasoningTokens: usage.reasoningTokens ?? null,
        }
      : nothingReported.usage,
    status: record.status ?? null,
    errorCode: record.errorCode ?? null,
    progress: record.progress ?? "unknown",
    failure: record.failure ?? null,
    ttftMs: record.ttftMs ?? null,
    requestBytes: record.requestBytes ?? null,
    responseBytes: record.responseBytes ?? null,
    echo: echo
      ? {
          requestId: echo.requestId ?? null,
          projectId: echo.projectId ?? null,
          organization: echo.organization ?? null,
          edgeCode: echo.edgeCode ?? null,
          processingMs: echo.processingMs ?? null,
          statedRegion: echo.statedRegion ?? null,
        }
      : nothingReported.echo,
    providerObjectId: record.responseId ?? null,
    gatewayCallId: record.gatewayCallId?.toLowerCase() ?? null,
    traceId: record.traceId ?? null,
    spanId: record.spanId ?? null,
    statedApp: record.application ?? null,
    endUser: record.endUser ?? null,
    subjectCountry: record.subjectCountry ?? null,
    relayCountry: record.relayCountry ?? null,
    attemptsKnown: record.attempts ?? "all",
    finishReason: record.finishReason ?? null,
    cachedAnswer: record.cachedAnswer ?? false,
  };
}

function said(value: boolean | null | undefined): ReportedCall["store"] {
  return typeof value === "boolean" ? { said: true, value } : { said: false };
}

const none: readonly string[] = [];

function distinct(names: readonly string[] | null | undefined): readonly string[] {
  if (!names || names.length === 0) return none;
  return names.length === 1 ? names : [...new Set(names)].sort();
}

/** Without what is left out or null. */
function told<T extends object>(given: T): { [Name in keyof T]: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)) as {
    [Name in keyof T]: NonNullable<T[Name]>;
  };
}
