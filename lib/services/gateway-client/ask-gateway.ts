export type GatewayRequest = {
  readonly gatewayUrl: string;
  /** Begins with a slash. */
  readonly path: string;
  readonly method?: "GET" | "POST";
  /** One of our own, good for this request alone. */
  readonly token: string;
  /** Media type of the answer that is wanted. */
  readonly accept?: string;
  /** As JSON. */
  readonly body?: object;
  /** A region code, `global`, or a host: whither the call is to go. Absent: the policy decides. */
  readonly targetRegion?: string;
  readonly signal: AbortSignal;
};

export type GatewayAnswer =
  | {
      readonly response: Response;
      /** Null where the gateway made no call of it. */
      readonly callId: string | null;
      /** The gateway speaks for itself; no provider said this. */
      readonly isOwn: boolean;
    }
  /** None came: the gateway is away, or the signal ended the wait. */
  | { readonly response: null; readonly cause: unknown };

/** One request through our own gateway, recorded as every call is. Redirects are not followed. */
export async function askGateway(request: GatewayRequest): Promise<GatewayAnswer> {
  const { gatewayUrl, path, method = "GET", token, accept, body, targetRegion, signal } = request;
  // Made before anything is tried: what is wrong with them is a bug and no silence of the gateway.
  const url = new URL(path, gatewayUrl);
  const headers = new Headers({ authorization: `Bearer ${token}` });
  if (accept !== undefined) headers.set("accept", accept);
  if (body !== undefined) headers.set("content-type", "application/json");
  if (targetRegion !== undefined) headers.set("x-domicile-target-region", targetRegion);
  const text = body === undefined ? undefined : JSON.stringify(body);
  try {
    return answered(await fetch(url, { method, redirect: "error", headers, body: text, signal }));
  } catch (cause) {
    return { response: null, cause };
  }
}

function answered(response: Response): GatewayAnswer {
  const callId = response.headers.get("x-domicile-call-id");
  // What the gateway answers by itself carries the call's id as the request's.
  const isOwn = !response.ok && response.headers.get("x-request-id") === callId;
  return { response, callId, isOwn };
}

/** The same signal, ended after this time at the latest. */
export function within(ms: number, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(ms)]);
}
