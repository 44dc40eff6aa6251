import { upstreamInput } from "../../contracts/tenants.ts";
import { openaiUpstream, type Upstream } from "../../core/upstreams/upstream.ts";

/** What a credential's row says of its upstream. Throws where it has a form that this version does not know. */
export function parseUpstream(stored: unknown): Upstream {
  return stored === null || stored === undefined ? openaiUpstream : upstreamInput.parse(stored);
}
