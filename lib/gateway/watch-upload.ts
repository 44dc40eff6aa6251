import type { IncomingHttpHeaders } from "node:http";
import { GatewayRefusal } from "./answer-error.ts";
import type { OutgoingBody, ReceivedBody } from "./body/received-body.ts";
import { startBodyDigest } from "./body-digest.ts";
import { askAgainMs } from "./caller-now.ts";
import type { KeyUse } from "./check-key.ts";
import type { Gateway } from "./gateway.ts";
import { objectionUnderWay } from "./late-body.ts";
import { type CallDraft, planCall } from "./plan-call.ts";
import type { PlannedCall } from "./record.ts";
import { refusalOf } from "./route.ts";

export type WatchedUpload = {
  /** The call as it is known when the body has passed, or was cut. */
  call(): PlannedCall;
  /** Nobody asks any more whether it may go on; harmless to repeat. */
  stop(): void;
};

export type UploadWatch = {
  readonly outgoing: Extract<OutgoingBody, { kind: "streamed" }>;
  readonly body: ReceivedBody;
  /** Of the request, with its keys. */
  readonly headers: IncomingHttpHeaders;
  /** As it leaves. */
  readonly call: PlannedCall;
  readonly draft: CallDraft;
  readonly use: Omit<KeyUse, "at">;
};

/**
 * Looks at a body on its way: digests it, reads its form, asks the policy again whenever the form says more, and every second
 * whether its caller may still send it. What is refused then has left in part: the call is ended, and the record says so.
 */
export function watchUpload(gateway: Gateway, watch: UploadWatch): WatchedUpload {
  const { outgoing, body, draft } = watch;
  const { upload, form } = outgoing;
  const digest = startBodyDigest(draft.caller.config.tenant.id);
  let known = form?.version();
  upload.onPiece((piece, isHead) => {
    if (!isHead) body.release();
    if (piece === null) form?.end();
    else {
      digest.update(piece);
      if (!isHead) form?.push(piece);
    }
    if (!form) return null;
    const asked = form.refusal();
    if (asked) return late(asked);
    if (form.version() === known) return null;
    known = form.version();
    const refused = refusalOf(planCall(draft, body.content(), null).route);
    return refused && late(refused);
  });
  return {
    call() {
      if (!upload.isWhole()) form?.end();
      return planCall(draft, body.content(), upload.isWhole() ? digest.hex() : null);
    },
    stop: askWhether(gateway, watch),
  };
}

/** Asks every second whether the body may go on, until it is whole or somebody calls what is returned. */
function askWhether(gateway: Gateway, watch: UploadWatch): () => void {
  const { upload } = watch.outgoing;
  let asking = false;
  const timer = setInterval(() => {
    if (upload.isWhole()) clearInterval(timer);
    else if (!asking) {
      asking = true;
      objectionUnderWay(gateway, watch)
        .then((refusal) => refusal && upload.end(late(refusal)))
        // A failure of our own: it is asked again.
        .catch((error: unknown) => gateway.log.error({ callId: watch.call.id, err: error }, "an upload"))
        .finally(() => {
          asking = false;
        });
    }
  }, askAgainMs);
  return () => clearInterval(timer);
}

function late({ code, message }: GatewayRefusal): GatewayRefusal {
  const said = message.replace(/ Nothing was sent\.( Try again\.)?$/, "");
  return new GatewayRefusal(code, {
    message: `${said} Part of the request had left; the connection to the provider was ended.`,
  });
}
