type Watcher = {
  chunk(bytes: Uint8Array): void;
  /** Once; with the error that ended it early, or the reader's going away. */
  end(error?: unknown): void;
};

/**
 * The same response with a body that is watched as the program reads it: no second reader, nothing is held back, read
 * ahead or kept, and who stops reading stops the transfer.
 */
export function watchBody(response: Response, watcher: Watcher): Response {
  const { body } = response;
  if (body === null) return response;
  const isByteStream = takesByteReader(body);
  // Taken at the first read: where no response can be made of it, the program gets the one it would have had.
  let taken: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | null = null;
  const reader = () => {
    taken ??= body.getReader();
    return taken;
  };
  const watch = safely(watcher);
  const source = {
    // undici cancels the body of a response that is collected before it is read: this one stays as long as its reader.
    response,
    async pull(controller: { enqueue(chunk: Uint8Array<ArrayBuffer>): void; close(): void }) {
      try {
        const { done, value } = await reader().read();
        if (done) {
          watch.end();
          controller.close();
          return releaseByob(controller);
        }
        watch.chunk(value);
        controller.enqueue(value);
      } catch (error) {
        watch.end(error);
        throw error;
      }
    },
    cancel(reason: unknown) {
      watch.end(Object.assign(new Error("The program stopped reading."), { name: "AbortError" }));
      return reader().cancel(reason);
    },
  };
  const watched = isByteStream
    ? new ReadableStream({ type: "bytes", ...source }, { highWaterMark: 0 })
    : new ReadableStream<Uint8Array<ArrayBuffer>>(source, { highWaterMark: 0 });
  const { status, statusText, headers } = response;
  const made = new Response(watched, { status, statusText, headers });
  for (const name of ["url", "redirected", "type"] as const)
    Object.defineProperty(made, name, { value: response[name], enumerable: true, configurable: true });
  return made;
}

/** A program may have asked for a buffer of its own to be filled; at the end it is given back empty. */
function releaseByob(controller: object): void {
  (controller as { byobRequest?: { respond(bytes: number): void } | null }).byobRequest?.respond(0);
}

function takesByteReader(body: ReadableStream): boolean {
  try {
    body.getReader({ mode: "byob" }).releaseLock();
    return true;
  } catch {
    return false;
  }
}

/** Whatever goes wrong in watching is not the program's. */
function safely(watcher: Watcher): Watcher {
  return {
    chunk(bytes) {
      try {
        watcher.chunk(bytes);
      } catch {}
    },
    end(error) {
      try {
        watcher.end(error);
      } catch {}
    },
  };
}
