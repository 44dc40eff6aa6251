import { randomBytes } from "node:crypto";

/** An object as the API gives it. */
export type StoredObject = { readonly id: string } & Record<string, unknown>;

/** What a project keeps on one host: objects by kind, oldest first, and the bytes of files. */
export type ProjectStore = {
  /** A new id, e.g. `file-…`. */
  newId(prefix: string): string;
  put<T extends StoredObject>(kind: string, object: T): T;
  get(kind: string, id: string): StoredObject | null;
  /** Changes an object in place; null where there is none. */
  change(kind: string, id: string, members: Record<string, unknown>): StoredObject | null;
  remove(kind: string, id: string): boolean;
  list(kind: string): readonly StoredObject[];
  /** What a file holds; null beyond what is kept. */
  contentOf(id: string): Buffer | null;
  keepContent(id: string, content: Buffer): void;
};

const perKindMax = 2_000;
/** All files of a project on one host together; the oldest are forgotten first. */
const contentBytesMax = 64 * 1024 * 1024;

export function createProjectStore(): ProjectStore {
  const kinds = new Map<string, Map<string, StoredObject>>();
  const contents = new Map<string, Buffer>();
  let contentBytes = 0;
  const ofKind = (kind: string): Map<string, StoredObject> => {
    const known = kinds.get(kind) ?? new Map<string, StoredObject>();
    kinds.set(kind, known);
    return known;
  };
  const forget = (id: string): void => {
    contentBytes -= contents.get(id)?.byteLength ?? 0;
    contents.delete(id);
  };
  return {
    newId: (prefix) => `${prefix}${randomBytes(16).toString("hex")}`,
    put(kind, object) {
      const objects = ofKind(kind);
      objects.set(object.id, object);
      const [oldest] = objects.keys();
      if (objects.size > perKindMax && oldest !== undefined) {
        objects.delete(oldest);
        forget(oldest);
      }
      return object;
    },
    get: (kind, id) => ofKind(kind).get(id) ?? null,
    change(kind, id, members) {
      const before = ofKind(kind).get(id);
      if (before === undefined) return null;
      const after = { ...before, ...members, id };
      ofKind(kind).set(id, after);
      return after;
    },
    remove(kind, id) {
      forget(id);
      return ofKind(kind).delete(id);
    },
    list: (kind) => [...ofKind(kind).values()],
    contentOf: (id) => contents.get(id) ?? null,
    keepContent(id, content) {
      if (content.byteLength > contentBytesMax) return;
      forget(id);
      contents.set(id, content);
      contentBytes += content.byteLength;
      for (const oldest of contents.keys()) {
        if (contentBytes <= contentBytesMax) break;
        forget(oldest);
      }
    },
  };
}

/** The stores of every project on every host: what was made on one host is not there on another. */
export type ProjectStores = { of(host: string, projectId: string): ProjectStore };

const storesMax = 500;

export function createProjectStores(): ProjectStores {
  const stores = new Map<string, ProjectStore>();
  return {
    of(host, projectId) {
      const key = `${host} ${projectId}`;
      const store = stores.get(key) ?? createProjectStore();
      stores.delete(key);
      stores.set(key, store);
      const [oldest] = stores.keys();
      if (stores.size > storesMax && oldest !== undefined) stores.delete(oldest);
      return store;
    },
  };
}
