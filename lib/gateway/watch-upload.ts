import { GatewayRefusal } from "./answer-error.ts";
import type { OutgoingBody } from "./body/received-body.ts";
import type { startBodyDigest } from "./body-digest.ts";
import type { PlannedCall } from "./record.ts";
import { refusalOf } from "./route.ts";

/**
 * Looks at a body on its way: digests it, reads its form, and asks the policy again whenever the form says more. What
 * the policy refuses then has left in part: the call is ended, and the record says so.
 */
export function watchUpload(
  { upload, form }: Extract<OutgoingBody, { kind: "streamed" }>,
  digest: ReturnType<typeof startBodyDigest>,
  { planAgain, headPassed }: { planAgain: () => PlannedCall; headPassed: () => void },
): void {
  let known = form?.version();
  upload.onPiece((piece, isHead) => {
    if (!isHead) headPassed();
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
    const refused = refusalOf(planAgain().route);
    return refused && late(refused);
  });
}

function late({ code, message }: GatewayRefusal): GatewayRefusal {
  const said = message.replace(/ Nothing was sent\.$/, "");
  return new GatewayRefusal(code, {
    message: `${said} Part of the request had left; the connection to the provider was ended.`,
  });
}
