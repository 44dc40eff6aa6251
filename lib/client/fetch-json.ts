import type { Problem } from "../contracts/problem.ts";
import { unattendedHeader } from "../contracts/sessions.ts";
import { askToConfirm } from "./ask-to-confirm.ts";
import { isUnattended } from "./attendance.ts";
import { readLines } from "./read-lines.ts";

/** An answer under `/api` that was a problem, or no answer at all (`code` is then `unreachable`). */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  /** What the server says about one field of the form. */
  fieldMessage(field: string): string | null {
    return this.problem.fields?.find((each) => each.field === field)?.message ?? null;
  }
}

export type FetchOptions = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. Every change is sent as JSON: the server refuses other types. */
  body?: unknown;
  signal?: AbortSignal;
};

/**
 * Asks our own `/api`. Throws `ProblemError` for every answer that is no success. A session that has
 * ended goes to the sign-in page, and back to where the reader was.
 */
export async function fetchJson<T>(path: string, options: FetchOptions = {}): Promise<T> {
  const response = await ask(path, options);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** The same for a file, byte for byte. */
export async function fetchText(path: string, options: Pick<FetchOptions, "signal"> = {}): Promise<string> {
  return (await ask(path, options)).text();
}

/** The same for an answer that comes line by line: each line's JSON is told as it comes. Throws when it is cut. */
export async function fetchLines<T>(
  path: string,
  options: FetchOptions,
  onValue: (value: T) => void,
): Promise<void> {
  const { body } = await ask(path, options);
  if (body === null) return;
  await readLines<T>(body, onValue).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new ProblemError(unreachable);
  });
}

async function ask(path: string, options: FetchOptions, isSecond = false): Promise<Response> {
  const { method = "GET", body, signal } = options;
  const response = await fetch(path, {
    method,
    signal,
    headers: {
      accept: "application/json",
      ...(isUnattended() ? { [unattendedHeader]: "1" } : {}),
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
    },
    body: method === "GET" ? undefined : JSON.stringify(body ?? {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ProblemError(unreachable);
  });
  if (response.ok) return response;
  const problem = await readProblem(response);
  // Nothing was done yet: once the reader has shown who he is, the same is asked again.
  if (problem.code === "confirmation_required" && !isSecond && (await askToConfirm()))
    return ask(path, options, true);
  if (problem.code === "unauthenticated") leaveForSignIn();
  if (problem.code === "second_factor_required") window.location.assign("/second-factor");
  throw new ProblemError(problem);
}

const unreachable: Problem = {
  type: "about:blank",
  title: "Domicile did not answer",
  status: 0,
  code: "unreachable",
  detail: "Domicile did not answer. Check the connection and try again.",
};

async function readProblem(response: Response): Promise<Problem> {
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
  const problem = isProblem ? ((await response.json().catch(() => null)) as Problem | null) : null;
  return (
    problem ?? {
      ...unreachable,
      status: response.status,
      code: "internal",
      detail: "This did not work. Try again; if it stays so, look into the log of the web process.",
    }
  );
}

function leaveForSignIn(): void {
  const back = window.location.pathname + window.location.search;
  window.location.assign(`/login?from=${encodeURIComponent(back)}`);
}
