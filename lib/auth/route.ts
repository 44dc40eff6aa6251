import "server-only";
import { webSettings } from "../env/web-settings.ts";
import { type BegunWork, beginWork, type CostlyWork } from "../services/costly/begin-work.ts";
import { Refusal } from "../services/refusal.ts";
import type { PersonActor } from "../services/sessions/find-session.ts";
import { checkOrigin, checkReader } from "./check-origin.ts";
import { endWhenTaken } from "./end-when-taken.ts";
import { problemResponse } from "./problem-response.ts";
import { findActor, findEnrolling } from "./require-actor.ts";

export type RouteInput<Params> = {
  readonly actor: PersonActor;
  readonly request: Request;
  readonly params: Params;
  /** Of what is `costly`: counts it for the tenant that it is about; for all of the actor's, where it is about none alone. */
  readonly within: (tenant: string | undefined) => void;
};

/**
 * The one way to write a handler under `/api`: the session is checked at each use, no page of another site asks for
 * anything, a change must come as JSON from our own, a refusal becomes a problem of `docs/errors.md`, a bug a 500 that says nothing.
 *
 * `beforeSecondFactor`: also for who must enrol a second factor before he may do anything else.
 * `handle` returns what is sent as JSON, or a `Response` of its own (a stream); nothing means 204.
 * `costly`: bounded for each person, tenant and process, from before its body is read until its answer was taken.
 * `unattended`: what a browser asks again and again by itself and cannot say so; it is no use of the session.
 */
export function route<Params = Record<string, never>>(
  handle: (input: RouteInput<Params>) => Promise<unknown>,
  {
    status = 200,
    beforeSecondFactor = false,
    unattended = false,
    costly,
  }: {
    status?: number;
    beforeSecondFactor?: boolean;
    unattended?: boolean;
    costly?: CostlyWork;
  } = {},
) {
  return async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    let work: BegunWork | null = null;
    try {
      if (isChange(request)) checkChange(request);
      else checkReader(request.headers);
      const actor =
        (beforeSecondFactor ? await findEnrolling(unattended) : null) ?? (await actorFromRequest(unattended));
      if (costly) work = beginWork(actor, costly);
      const within = (tenant: string | undefined) => work?.within(tenant);
      const answer = await handle({ actor, request, params: await context.params, within });
      if (answer instanceof Response) {
        const sent = work === null ? answer : endWhenTaken(answer, work.end);
        work = null;
        return sent;
      }
      const headers = { "cache-control": "no-store" };
      if (answer === undefined) return new Response(null, { status: 204, headers });
      return Response.json(answer, { status, headers });
    } catch (error) {
      return problemResponse(error);
    } finally {
      work?.end();
    }
  };
}

/** Who this request's session belongs to. Refuses without one, with a revoked and with an expired one, and before a second factor that is demanded. */
export async function actorFromRequest(unattended = false): Promise<PersonActor> {
  const actor = await findActor(unattended);
  if (actor) return actor;
  if (await findEnrolling(unattended))
    throw new Refusal(
      "second_factor_required",
      "Enrol a second factor to go on. This deployment demands one.",
    );
  throw new Refusal("unauthenticated", "Sign in to go on. The session has ended or was revoked.");
}

function isChange(request: Request): boolean {
  return request.method !== "GET" && request.method !== "HEAD";
}

function checkChange(request: Request): void {
  checkOrigin(request.headers, webSettings().publicUrl);
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
    throw new Refusal("cross_origin", "Changes are accepted as application/json only.");
}
