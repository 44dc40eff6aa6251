import { asObject, field } from "../../../core/calls/json-fields.ts";
import { beginAnswer } from "../exchange.ts";
import { give, type Handlers, nowSeconds, shown } from "./api-call.ts";
import { handlersOf } from "./noun.ts";

const videos = handlersOf({
  kind: "video",
  object: "video",
  idPrefix: "video_",
  deletedObject: "video.deleted",
  make: ({ body }) => ({
    model: body.model ?? "sora-2",
    status: "completed",
    progress: 100,
    seconds: "4",
    size: "720x1280",
  }),
});

/** Keys and calls of realtime that go past us, and videos. */
export const realtimeTokenHandlers: Handlers = {
  "realtime.client_secrets.create": (call) =>
    give(call, {
      value: call.store.newId("ek_sim_"),
      expires_at: nowSeconds() + 600,
      session: {
        id: call.store.newId("sess_"),
        object: "realtime.session",
        type: "realtime",
        ...asObject(field(call.body, "session")),
      },
    }),
  "realtime.sessions.create": (call) =>
    give(call, {
      id: call.store.newId("sess_"),
      object: "realtime.session",
      model: call.body.model,
      client_secret: { value: call.store.newId("ek_sim_"), expires_at: nowSeconds() + 60 },
    }),
  "realtime.calls.create": ({ exchange, store, processingMs }) => {
    const answer = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=simulated\r\nt=0 0\r\n";
    beginAnswer(exchange, 201, {
      processingMs,
      headers: { "content-type": "application/sdp", location: `/v1/realtime/calls/${store.newId("rtc_")}` },
    });
    exchange.response.end(answer);
  },
  "videos.create": videos.create,
  "videos.list": videos.list,
  "videos.retrieve": videos.retrieve,
  "videos.delete": videos.remove,
  "videos.content": (call) => {
    const content = Buffer.alloc(2_048, 7);
    beginAnswer(call.exchange, 200, {
      processingMs: call.processingMs,
      headers: { "content-type": "video/mp4", "content-length": content.byteLength },
    });
    call.exchange.response.end(content);
  },
  "models.delete": (call) => {
    const job = call.store.list("fine_tuning_job").find((each) => each.fine_tuned_model === call.ids[0]);
    if (job)
      call.store.change("fine_tuning_job", job.id, { fine_tuned_model: null, sim_status: "succeeded" });
    give(call, shown({ id: call.ids[0] ?? "", object: "model", deleted: true }));
  },
};
