// A program as somebody would write it, under a Node of its own: Node's global fetch, wrapped. Prints what it counted.
import dns from "node:dns";
import OpenAI from "openai";
import { createRecorder } from "../../../public/recorder/domicile-recorder.mjs";

// The simulated provider listens on this machine, whatever the host is called.
dns.lookup = (_host, options, done) =>
  done(null, options.all ? [{ address: "127.0.0.1", family: 4 }] : "127.0.0.1", 4);

const [, , collector, port] = process.argv;
const recorder = createRecorder({ url: collector, key: "dom_test" });
recorder.install();
const client = new OpenAI({
  baseURL: `https://eu.api.openai.com:${port}/v1`,
  apiKey: "sk-sim-eu-child",
  maxRetries: 0,
});
const answer = await client.chat.completions.create({
  model: "gpt-5",
  messages: [{ role: "user", content: "Hello" }],
});
const stream = await client.chat.completions.create({
  model: "gpt-5",
  messages: [{ role: "user", content: "Hello" }],
  stream: true,
});
for await (const chunk of stream) void chunk;
// Neither flushed nor closed: it goes out as the program ends.
process.stdout.write(answer.id);
