import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createByteBudget } from "../http/byte-budget.ts";
import { clientAddress } from "../http/client-address.ts";
import { log } from "../log.ts";
import { openAccount } from "../services/accounts/open-account.ts";
import { endBoot } from "../services/boots/end-boot.ts";
import { registerBoot } from "../services/boots/register-boot.ts";
import { renewLease } from "../services/boots/renew-lease.ts";
import { BootFenced, openIntents } from "../services/calls/open-intents.ts";
import { loadTenantConfig } from "../services/gateway-config/load-tenant-config.ts";
import { readConfigRevision } from "../services/gateway-config/read-revision.ts";
import { authenticateKey } from "../services/keys/authenticate-key.ts";
import { recordHeartbeat } from "../services/ledger/record-heartbeat.ts";
import { findPlaygroundCaller } from "../services/playground/find-playground-caller.ts";
import { findKnownObjects } from "../services/resources/find-known-objects.ts";
import { findUpkeepCaller } from "../services/resources/find-upkeep-caller.ts";
import { answerAccountQuestion } from "./ask-account.ts";
import { createConfigCache } from "./config-cache.ts";
import { answerConnectionTest } from "./connection-test.ts";
import { forward } from "./forward.ts";
import type { Gateway } from "./gateway.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { createIntentLog, type IntentLog } from "./intents.ts";
import { answerClientError, answerConnect, answerInvalidHead, noteDue } from "./invalid-http.ts";
import { createLease, type Lease } from "./lease.ts";
import { createLimits } from "./limits/limits.ts";
import { createMetrics } from "./metrics.ts";
import { createKnownObjects } from "./objects/known-objects.ts";
import { createOpenNumbers } from "./open-numbers.ts";
import { createPace } from "./pace.ts";
import { answerPinProbe } from "./pin-probe.ts";
import { answerProbe } from "./probes.ts";
import { createOpenSessions } from "./realtime/open-sessions.ts";
import { upgrade } from "./realtime/upgrade.ts";
import { createOwnRecorder, startThreadRecorder } from "./recorder.ts";
import { createRecording } from "./recording.ts";
import { defaultSettings, type GatewaySettings } from "./settings.ts";
import { type CallSpans, noSpans } from "./telemetry/call-spans.ts";
import { createDialler } from "./upstream/dialler.ts";

export type RunningGateway = {
  readonly port: number;
  /** Takes no more calls, lets open ones end, records what ended, gives up its lease. */
  stop(): Promise<void>;
};

/** Starts a gateway on the database of this process. */
export async function startGateway(given: Partial<GatewaySettings> = {}): Promise<RunningGateway> {
  const settings = { ...defaultSettings, ...given };
  let stopping = false;
  let cutting = false;
  const metrics = createMetrics();
  const spans = await spansOf(settings);
  const config = createConfigCache({
    readRevision: readConfigRevision,
    loadTenant: loadTenantConfig,
    authenticate: authenticateKey,
    now: () => performance.now(),
    pollMs: 1_000,
    spoolMsMax: settings.spoolFolder === null ? 0 : settings.spoolMsMax,
  });
  const numbers = createOpenNumbers();
  const heartbeat = createHeartbeat({
    numbers,
    record: recordHeartbeat,
    onDelay: (tenantId, error) => log.warn({ tenantId, err: error }, "a heartbeat waits for the store"),
    everyMs: settings.heartbeatMs,
    busyFrom: 1_000,
  });
  const pace = createPace();
  const intents: IntentLog = createIntentLog({
    write(opened) {
      const written = openIntents(opened);
      pace.rest();
      return written;
    },
    onDurable(durable) {
      numbers.durable(durable);
      metrics.intents("durable", durable.length);
    },
    isFenced: (error) => error instanceof BootFenced,
    isDuplicate: (error) => error instanceof Error && "code" in error && error.code === "23505",
    onFenced: () => lease.replace(),
    groupMax: 512,
    company: pace.quiet,
    waitMsMax: 5_000,
  });
  const lease: Lease = createLease({
    register: () => registerBoot({ relayCountry: settings.relayCountry }),
    renew: renewLease,
    end: endBoot,
    onBoot: (bootId) => {
      numbers.startBoot(bootId);
      intents.startBoot(bootId);
    },
    log,
  });
  const recorder = settings.recordOnThread ? await startThreadRecorder() : createOwnRecorder();
  const { closing, spool } = createRecording(settings, { recorder, metrics, spans, numbers, heartbeat });
  const gateway: Gateway = {
    identifier: { config, verifyPlayground: findPlaygroundCaller, verifyUpkeep: findUpkeepCaller },
    intents,
    closing,
    pace,
    spool,
    objects: createKnownObjects({
      find: findKnownObjects,
      onFailure: (error) => log.warn({ err: error }, "births of stored objects could not be read"),
      hurry: pace.hurry,
      heldMax: 50_000,
    }),
    diallers: diallersOf(settings),
    bodyLimits: {
      bodyBytesMax: settings.bodyBytesMax,
      budget: createByteBudget(settings.bodiesBytesMax),
      streamedBytesMax: settings.streamedBytesMax,
      arrivalMsMax: settings.requestTimeoutMs,
    },
    stallMsMax: settings.stallMsMax,
    identifiedMsMax: settings.identifiedMsMax,
    realtime: createOpenSessions(settings),
    limits: createLimits({
      keyConcurrentMax: settings.keyConcurrentMax,
      tenantConcurrentMax: settings.tenantConcurrentMax,
      now: () => performance.now(),
    }),
    trustedHops: settings.trustedHops,
    relayCountry: settings.relayCountry,
    metrics,
    spans,
    log,
    isStopping: () => stopping,
    isCutting: () => cutting,
  };

  await config.confirm();
  const doors = await Promise.all(
    settings.doors.map((start) =>
      start({
        authenticate: config.authenticate,
        addressOf: (request) => clientAddress(request, settings.trustedHops),
        isStopping: gateway.isStopping,
      }),
    ),
  );
  await lease.start();
  config.start();
  heartbeat.start();
  // Also what gateways that are gone have left on this machine.
  void spool?.replay();
  spool?.start();
  const server = await listen(
    settings,
    (request, response) => {
      noteDue(request, response);
      if (answerInvalidHead(request, response)) return;
      if (answerProbe(request, response, { config, gateway, doors, isStopping: gateway.isStopping })) return;
      if (doors.some((door) => door.handle(request, response))) return;
      if (answerPinProbe(request, response, { ...gateway, tenant: config.tenant })) return;
      if (answerConnectionTest(request, response, { ...gateway, tenant: config.tenant })) return;
      if (answerAccountQuestion(request, response, { ...gateway, open: openAccount })) return;
      void forward(gateway, request, response);
    },
    metrics.refused,
  );
  server.on("upgrade", (request, socket, head) => void upgrade(gateway, request, socket, head));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      if (stopping) return;
      stopping = true;
      const onCut = (): void => {
        cutting = true;
      };
      await Promise.all([
        drain(server, settings.drainMs, onCut),
        gateway.realtime.closeAll(settings.drainMs),
      ]);
      const left = await closing.drain(3_000);
      if (left > 0) log.error({ calls: left }, "stopped with unrecorded calls; the sweeper records them");
      await spool?.stop();
      await recorder.stop();
      await Promise.all(doors.map((door) => door.stop()));
      await spans.stop(1_000);
      await heartbeat.stop(500);
      config.stop();
      await lease
        .end()
        .catch((error: unknown) => log.warn({ err: error }, "the lease could not be given up"));
      await Promise.all([gateway.diallers.live.close(), gateway.diallers.simulated.close()]);
    },
  };
}

/** OpenTelemetry is loaded where somebody asks for it. */
async function spansOf({ telemetry }: GatewaySettings): Promise<CallSpans> {
  if (telemetry === null) return noSpans;
  const { exportSpans } = await import("./telemetry/export-spans.ts");
  return exportSpans(telemetry);
}

function diallersOf(settings: GatewaySettings): Gateway["diallers"] {
  const { connectTimeoutMs, answerTimeoutMs, idleTimeoutMs, connectionsMax, resolve } = settings;
  const times = {
    connectTimeoutMs,
    answerTimeoutMs,
    idleTimeoutMs,
    connectionsMax,
    ...(resolve && { resolve }),
  };
  return {
    live: createDialler({ ...times, connectTo: [], onlyConnectTo: false, authorities: null }),
    simulated: createDialler({
      ...times,
      connectTo: settings.connectTo,
      onlyConnectTo: true,
      authorities: settings.simulatedAuthorities,
    }),
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** trust: strict parsing, small heads, and an end to everything that dawdles. */
async function listen(
  settings: GatewaySettings,
  handler: Handler,
  refused: (code: string) => void,
): Promise<Server> {
  const server = createServer(
    {
      insecureHTTPParser: false,
      // Answered by us, in the shape of every other error.
      requireHostHeader: false,
      maxHeaderSize: 16_384,
      headersTimeout: Math.min(20_000, settings.requestTimeoutMs),
      // A body may be long in coming; that it goes on coming is watched where it is read.
      requestTimeout: 0,
      keepAliveTimeout: 72_000,
      connectionsCheckingInterval: Math.min(5_000, settings.requestTimeoutMs),
      noDelay: true,
      // Nobody has to follow an offer to speak h2c, which some clients make with every request (RFC 9110, 7.8).
      shouldUpgradeCallback: ({ headers }) => /^\s*websocket\s*$/i.test(headers.upgrade ?? ""),
    },
    handler,
  );
  // trust: Node would drop what stands behind the 2,000th header without a word; the head's size is limit enough.
  server.maxHeadersCount = 0;
  // Who waits to be told to go on is told so once the call is planned.
  server.on("checkContinue", handler);
  server.on("clientError", (error, socket) => {
    const code = answerClientError(error, socket);
    if (code !== null) refused(code);
  });
  server.on("connect", answerConnect);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(settings.port, settings.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return server;
}

/** What is cut needs a moment to be gone. */
const cutMs = 1_000;

async function drain(server: Server, drainMs: number, onCut: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    onCut();
    server.closeAllConnections();
  }, drainMs);
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  // A session whose handshake is not over has no place among the connections that are cut.
  const late = new Promise((resolve) => setTimeout(resolve, drainMs + cutMs).unref());
  await Promise.race([closed, late]);
  clearTimeout(cut);
  clearInterval(idle);
}
