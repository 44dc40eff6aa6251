import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { type IntakeRecord, intakeRecord } from "../../contracts/intake.ts";

export type Collector = {
  readonly url: string;
  readonly records: IntakeRecord[];
  /** Bodies as they came. */
  text(): string;
  requests(): number;
  /** Waits until so many records came. */
  taken(count: number): Promise<IntakeRecord[]>;
  stop(): Promise<void>;
};

/** In the place of the intake: takes what its own schema takes, and refuses the rest. `answer` may answer otherwise. */
export async function startCollector(
  answer?: (response: ServerResponse, n: number) => boolean,
): Promise<Collector> {
  const records: IntakeRecord[] = [];
  const bodies: string[] = [];
  const waiting: (() => void)[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests++;
    const body = (await json(request)) as unknown[];
    if (answer?.(response, requests)) return;
    bodies.push(JSON.stringify(body));
    // As strict as the door: what it would refuse fails the test.
    records.push(...body.map((each) => intakeRecord.parse(each)));
    response
      .setHeader("content-type", "application/json")
      .end('{"results":[],"counts":{"rejected":0,"conflict":0}}');
    for (const wake of waiting.splice(0)) wake();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    records,
    text: () => bodies.join("\n"),
    requests: () => requests,
    async taken(count) {
      while (records.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
      return records;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
