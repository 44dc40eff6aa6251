import { expect, it } from "vitest";
import { fromLitellm } from "../../core/intake/from-litellm.ts";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import { exportedBodies } from "../testing/exported-bodies.ts";
import { litellmPayload } from "../testing/litellm-payload.ts";
import { mutate, seededRandom } from "../testing/mutate.ts";
import { UnreadableExport } from "./export-limits.ts";
import { readExport } from "./read-export.ts";

/** With the 1,000 that go through the door (`../hostile-bodies.db.test.ts`) 100,000. */
const bodiesEach = 33_000;
const prototypeKeys = Reflect.ownKeys(Object.prototype);

it.each([1, 2])(
  "malformed and truncated bodies are refused or read, and break nothing (seed %i)",
  async (seed) => {
    const bodies = await exportedBodies();
    const litellm = Buffer.from(JSON.stringify(litellmPayload()));
    const random = seededRandom(seed);
    const seen = { read: 0, refused: 0 };
    const note = (calls: readonly ReportedCall[]): void => {
      seen.read++;
      for (const call of calls) expectSound(call);
    };
    for (let n = 0; n < bodiesEach / 2; n++) {
      for (const encoding of ["protobuf", "json"] as const) {
        try {
          note(readExport(encoding, mutate(bodies[encoding], random)).calls);
        } catch (error) {
          if (!(error instanceof UnreadableExport)) throw error;
          seen.refused++;
        }
      }
      const item = parsed(mutate(litellm, random));
      if (item === undefined) {
        seen.refused++;
        continue;
      }
      const report = fromLitellm(item);
      note(report.kind === "call" ? [report.call] : []);
    }
    expect(seen.read + seen.refused).toBe((bodiesEach / 2) * 3);
    // Where either were rare, the bodies would try nothing.
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(bodiesEach / 10);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(prototypeKeys);
  },
);

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** Whatever was made of it, it is a report that can be accepted or refused: bounded, and without content. */
function expectSound(call: ReportedCall): void {
  const { clientId, startedAt, host, usage, status, gatewayCallId } = call;
  const sound =
    /^[\x21-\x7e]{1,200}$/.test(clientId) &&
    /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(startedAt) &&
    (host === null || host.length <= 260) &&
    (gatewayCallId === null || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(gatewayCallId)) &&
    Object.values(usage).every((count) => count === null || (Number.isSafeInteger(count) && count >= 0)) &&
    (status === null || (status >= 100 && status <= 599));
  if (!sound || /PROMPT|ANSWER/.test(JSON.stringify(call))) expect(call).toBe("a sound report");
}
