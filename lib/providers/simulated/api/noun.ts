import type { JsonObject } from "../../../core/calls/json-fields.ts";
import {
  type ApiCall,
  deleted,
  found,
  give,
  giveList,
  type Handler,
  metadataOf,
  nowSeconds,
  shown,
} from "./api-call.ts";

export type Noun = {
  /** Under which the store keeps it. */
  readonly kind: string;
  /** The value of `object`. */
  readonly object: string;
  readonly idPrefix: string;
  /** The value of `object` of the answer to a deletion. */
  readonly deletedObject: string;
  /** Members besides id, object, times and metadata. */
  readonly make: (call: ApiCall) => JsonObject;
};

/** Handlers for what is created, read, changed and deleted as it stands. */
export function handlersOf(noun: Noun): {
  readonly create: Handler;
  readonly list: Handler;
  readonly retrieve: Handler;
  readonly update: Handler;
  readonly remove: Handler;
} {
  const { kind, object, idPrefix, deletedObject, make } = noun;
  return {
    create: (call) => {
      const made = call.store.put(kind, {
        id: call.store.newId(idPrefix),
        object,
        created_at: nowSeconds(),
        metadata: metadataOf(call.body),
        ...make(call),
        sim_made_at: Date.now(),
      });
      give(call, shown(made));
    },
    list: (call) => giveList(call, call.store.list(kind).map(shown)),
    retrieve: (call) => {
      const one = found(call, kind, call.ids[0]);
      if (one) give(call, shown(one));
    },
    update: (call) => {
      if (!found(call, kind, call.ids[0])) return;
      const changed = call.store.change(kind, call.ids[0] ?? "", { ...call.body });
      if (changed) give(call, shown(changed));
    },
    remove: (call) => deleted(call, kind, deletedObject, call.ids[0]),
  };
}
