import type { Said } from "./call-facts.ts";
import type { ObjectRef } from "./provider-object.ts";
import type { RequestReading } from "./read-request.ts";

/** Of each kind of name, so that no caller fills memory by asking. */
const namesMax = 100;

/**
 * What two requests of one session asked for, together: what was asked for once was asked for. Of what has one value, the
 * later one stands; of what leaves something at the provider, what leaves more.
 */
export function joinReadings(before: RequestReading, now: RequestReading): RequestReading {
  const features = join(before.featuresOffered, now.featuresOffered);
  const objects = joinObjects(before.objectsUsed, now.objectsUsed);
  const unreadable = [
    ...before.unreadable,
    ...now.unreadable,
    ...(features.length > namesMax ? ["tools"] : []),
    ...(objects.length > namesMax ? ["objects"] : []),
  ];
  return {
    model: now.model ?? before.model,
    stream: before.stream || now.stream,
    store: widerOf(before.store, now.store),
    background: widerOf(before.background, now.background),
    serviceTier: now.serviceTier ?? before.serviceTier,
    featuresOffered: features.slice(0, namesMax),
    toolHosts: join(before.toolHosts, now.toolHosts).slice(0, namesMax),
    unreadable: join(unreadable, []),
    storedStateRefs: join(before.storedStateRefs, now.storedStateRefs),
    objectsUsed: objects.slice(0, namesMax),
  };
}

/** Who says nothing may be taken to ask for it. */
function widerOf(a: Said<boolean>, b: Said<boolean>): Said<boolean> {
  if (a.said && a.value) return a;
  return a.said && !(b.said && !b.value) ? b : b.said && !b.value ? a : b;
}

function join(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}

function joinObjects(a: readonly ObjectRef[], b: readonly ObjectRef[]): ObjectRef[] {
  const found = new Map([...a, ...b].map((object) => [`${object.kind} ${object.id}`, object]));
  return [...found.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, object]) => object);
}
