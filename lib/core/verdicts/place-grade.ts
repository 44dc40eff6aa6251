import type { Grade } from "../calls/evidence.ts";
import type { ContentInput } from "./content-picture.ts";
import { clearingGrade } from "./host-evidence.ts";
import { projectEcho } from "./project-echo.ts";

/**
 * Grade at which the host says where content is. B where the answer names the very project whose pin to this
 * region comes from the provider itself; otherwise as well as the host is known.
 */
export function placeGrade({ attempt, pin, host }: Pick<ContentInput, "attempt" | "pin" | "host">): Grade {
  const grade = clearingGrade(attempt);
  const stated = pin.source === "admin_api" || pin.source === "probe";
  const pinned = stated && pin.region !== null && pin.region === host.region;
  return grade === "C" && pinned && projectEcho(attempt, pin) === "joined" ? "B" : grade;
}
