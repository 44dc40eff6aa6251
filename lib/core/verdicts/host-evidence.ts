import type { AttemptFacts } from "../calls/attempt-facts.ts";
import { type Grade, gradeAtLeast } from "../calls/evidence.ts";
import { normaliseHost } from "../regions/normalise-host.ts";
import type { Basis } from "./verdict.ts";

/**
 * Grade at which the host may clear a claim. C asks for the request's own socket: verified TLS under
 * exactly the name that was dialled. A record that claims C without showing it counts as a log, D.
 */
export function clearingGrade(attempt: AttemptFacts): Grade {
  if (!gradeAtLeast(attempt.hostGrade, "C")) return attempt.hostGrade;
  const { peer, host } = attempt;
  const sameName = peer?.tlsName === host || (peer && normaliseHost(peer.tlsName) === normaliseHost(host));
  const shown = peer?.tlsVerified === true && sameName;
  return shown ? "C" : "D";
}

/**
 * How far the host counts against a call. C or better, shown on its socket: observed. D, or a C that shows
 * no socket: reported. E, a label or a default: not enough to flag.
 */
export function adverseBasis(attempt: AttemptFacts): Basis {
  const grade = clearingGrade(attempt);
  if (gradeAtLeast(grade, "C")) return "observed";
  return grade === "D" ? "reported" : "none";
}
