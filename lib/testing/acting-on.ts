import { AsyncLocalStorage } from "node:async_hooks";

const name = "DATABASE_URL";

// On the global object: files that load this module anew may share the process.
const held = globalThis as unknown as { domicileActingOn?: AsyncLocalStorage<string> };

/**
 * Runs with this address as the process's own, as if `DATABASE_URL` said so. What runs beside it keeps its own address; what it
 * starts, such as a gateway or a timer, keeps this one; but for threads, which take the environment of the process.
 */
export async function actingOn<T>(url: string, action: () => Promise<T>): Promise<T> {
  held.domicileActingOn ??= install();
  return held.domicileActingOn.run(url, action);
}

function install(): AsyncLocalStorage<string> {
  const acting = new AsyncLocalStorage<string>();
  process.env = new Proxy(process.env, {
    get: (env, key) => (key === name ? (acting.getStore() ?? env[name]) : Reflect.get(env, key)),
    set: (env, key, value) => Reflect.set(env, key, value),
    // For who copies all of them, such as to start a process.
    ownKeys: (env) => [...new Set([...Reflect.ownKeys(env), ...(acting.getStore() ? [name] : [])])],
    has: (env, key) => Reflect.has(env, key) || (key === name && acting.getStore() !== undefined),
    getOwnPropertyDescriptor: (env, key) => {
      const value = key === name ? acting.getStore() : undefined;
      return value === undefined
        ? Reflect.getOwnPropertyDescriptor(env, key)
        : { value, writable: true, enumerable: true, configurable: true };
    },
  });
  return acting;
}
