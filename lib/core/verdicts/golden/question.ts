import type { AttemptFacts } from "../../calls/attempt-facts.ts";
import type { CallFacts } from "../../calls/call-facts.ts";
import { type Pin, unknownPin } from "../../policies/policy.ts";
import { openaiCatalog } from "../../regions/openai-catalog.ts";
import { chat, dialled } from "../../testing/case.ts";
import type { CallQuestion } from "../judge.ts";
import { operationNamed } from "./operations.ts";
import { policyNamed } from "./policies.ts";
import { recordedCatalog } from "./recorded-catalog.ts";
import type { Dial, Given } from "./situation.ts";

const recorded = recordedCatalog();

/** What `judgeCall` is asked for a line of the table. */
export function questionOf(given: Given): CallQuestion {
  const dials: readonly Dial[] = given.undialled ? [] : [given, ...(given.next ?? [])];
  return {
    facts: factsOf(given),
    attempts: dials.map((dial, at) => attemptOf(dial, at + 1)),
    policy: policyNamed(given.policy ?? "eea", given.change),
    catalog: given.catalog === "recorded" ? recorded : openaiCatalog,
    pin: pinOf(given),
    intendedRegion: null,
    refusal: given.refused === undefined ? null : { code: given.refused, message: "No." },
    end: given.end ?? (given.refused === undefined ? "complete" : "refused"),
    ...(given.source === undefined ? {} : { source: given.source }),
  };
}

function factsOf(given: Given): CallFacts {
  const operation = operationNamed(given.op ?? "chat");
  const model = given.model === undefined ? operation.model : given.model;
  const said = (value: boolean | undefined) =>
    value === undefined ? ({ said: false } as const) : ({ said: true, value } as const);
  return chat({
    operation: operation.id,
    endpoint: operation.endpoint,
    path: operation.endpoint ?? "/v1/other",
    carriesContent: operation.meta !== true,
    requestBody: given.request ?? operation.body ?? "read",
    responseBody: given.answer ?? "read",
    modelRequested: given.asked === undefined ? model : given.asked,
    modelAnswered: given.answered === undefined ? model : given.answered,
    store: said(given.store),
    background: said(given.background),
    serviceTier: given.tier ?? null,
    featuresOffered: given.offered ?? [],
    featuresUsed: given.used ?? [],
    storedStateRefs: given.refs ?? [],
    unreadable: given.unreadable ?? [],
    subjectCountry: given.subject ?? null,
    relayCountry: given.relay ?? null,
    ...(given.objects === undefined ? {} : { objectsUsed: given.objects }),
    ...(given.lines === undefined ? {} : { batchLines: given.lines }),
    ...(given.sku === undefined ? {} : { deployment: { name: "chat", sku: given.sku } }),
    ...(given.known === undefined ? {} : { attemptsKnown: given.known }),
  });
}

function attemptOf(dial: Dial, no: number): AttemptFacts {
  const host = hostOf(dial.host ?? "eu");
  const plain = dialled(host);
  const seen = dial.peer ?? (dial.grade === undefined ? {} : false);
  const peer =
    seen === false || plain.peer === null
      ? null
      : { ...plain.peer, tlsName: seen.name ?? host, tlsVerified: seen.verified ?? true };
  return {
    ...plain,
    no,
    progress: dial.progress ?? "sent",
    status: dial.status === undefined ? 200 : dial.status,
    errorCode: dial.code ?? null,
    redirectHost: dial.redirect ?? null,
    peer,
    hostGrade: dial.grade ?? "C",
    echo: {
      ...plain.echo,
      projectId: dial.project ?? null,
      edgeCode: dial.edge ?? null,
      statedRegion: dial.msRegion ?? null,
    },
  };
}

function hostOf(name: string): string {
  if (name === "global") return "api.openai.com";
  return /^[a-z]{2}$/.test(name) ? `${name}.api.openai.com` : name;
}

function pinOf({ pin = "unknown", pinBy = "attestation", pinProject }: Given): Pin {
  if (pin === "unknown") return unknownPin;
  const [region = "", storage] = pin.split(" ");
  const kind = pin === "global" ? "global" : storage === "storage" ? "storage_only" : "processing";
  return {
    kind,
    region: pin === "global" ? null : region,
    source: pinBy,
    since: "2026-03-01T00:00:00.000Z",
    attestedBy: pinBy === "attestation" ? "M. Roth" : null,
    projectId: pinProject ?? null,
  };
}
