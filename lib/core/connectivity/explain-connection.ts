import type { TransportFailure } from "../calls/attempt-facts.ts";
import type { ConnectionSteps } from "./connection-steps.ts";
import { type ExplainedStep, skippedStep } from "./explained-step.ts";

/** DNS, TCP and TLS in words, in that order; what was not reached is `skipped`. */
export function explainConnection(host: string, steps: ConnectionSteps): readonly ExplainedStep[] {
  const { failed } = steps;
  const dns: ExplainedStep =
    failed === "dns"
      ? failedStep("dns", host, steps.dnsMs, steps.failure)
      : { step: "dns", state: "ok", ms: steps.dnsMs, sentence: found(host, steps), remedy: null, code: null };
  const tcp: ExplainedStep =
    failed === "dns"
      ? skippedStep("tcp")
      : failed === "tcp"
        ? failedStep("tcp", host, steps.tcpMs, steps.failure)
        : {
            step: "tcp",
            state: "ok",
            ms: steps.tcpMs,
            sentence: `${host} takes connections on port 443.`,
            remedy: null,
            code: null,
          };
  const tls: ExplainedStep =
    failed === "dns" || failed === "tcp"
      ? skippedStep("tls")
      : failed === "tls"
        ? failedStep("tls", host, steps.tlsMs, steps.failure)
        : {
            step: "tls",
            state: "ok",
            ms: steps.tlsMs,
            sentence: `It proved with a verified certificate that it is ${host}.`,
            remedy: null,
            code: null,
          };
  return [dns, tcp, tls];
}

function found(host: string, { addresses, mapped }: ConnectionSteps): string {
  if (mapped) return `${host} is simulated: its address stands in the map of simulated hosts.`;
  return addresses === 1
    ? `${host} has 1 address, which is public.`
    : `${host} has ${addresses} addresses, all of them public.`;
}

function failedStep(
  step: "dns" | "tcp" | "tls",
  host: string,
  ms: number | null,
  failure: TransportFailure | null,
): ExplainedStep {
  const key = failure === "address_refused" || failure === "connect_timeout" ? failure : step;
  const { sentence, remedy } = failures[key];
  return { step, state: "failed", ms, sentence: sentence(host), remedy, code: failure ?? step };
}

type Words = { readonly sentence: (host: string) => string; readonly remedy: string };

const failures: Readonly<Record<"dns" | "tcp" | "tls" | "address_refused" | "connect_timeout", Words>> = {
  dns: {
    sentence: (host) => `The gateway's machine found no address for ${host}.`,
    remedy: "Ask for the name on that machine (getent hosts), and let its resolver answer for it.",
  },
  address_refused: {
    sentence: (host) => `${host} resolves to an address that is not public, so it was not dialled.`,
    remedy:
      "A resolver or proxy of your own answers in the provider's name. Have it answer with the provider's public addresses.",
  },
  tcp: {
    sentence: (host) => `No connection to port 443 of ${host} could be opened.`,
    remedy: "Open port 443 from the gateway's machine to this host in your firewall.",
  },
  connect_timeout: {
    sentence: (host) => `${host} did not answer within ten seconds.`,
    remedy: "Packets are dropped on the way: open port 443 to this host in your firewall, then test again.",
  },
  tls: {
    sentence: (host) => `What answered did not prove that it is ${host}.`,
    remedy:
      "Something on the way opens TLS, an inspecting proxy for one. Exempt this host from it: through such a proxy nothing can be promised.",
  },
};
