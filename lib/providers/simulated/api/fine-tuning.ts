import {
  type ApiCall,
  found,
  give,
  giveList,
  type Handlers,
  metadataOf,
  nowSeconds,
  refuse,
  shown,
} from "./api-call.ts";
import { addFile, stateByAge } from "./files.ts";
import type { StoredObject } from "./project-store.ts";

export const fineTuningHandlers: Handlers = {
  "fine_tuning.jobs.create": (call) => {
    const { model, training_file } = call.body;
    if (typeof model !== "string") return refuse(call, 400, "'model' is a required property");
    if (call.store.get("file", String(training_file)) === null)
      return refuse(call, 400, "The training file does not exist.", "invalid_training_file");
    const job = call.store.put("fine_tuning_job", {
      id: call.store.newId("ftjob-"),
      object: "fine_tuning.job",
      model,
      created_at: nowSeconds(),
      finished_at: null,
      fine_tuned_model: null,
      organization_id: call.exchange.project?.organization ?? "",
      result_files: [],
      validation_file: call.body.validation_file ?? null,
      training_file,
      hyperparameters: { n_epochs: "auto", batch_size: "auto", learning_rate_multiplier: "auto" },
      trained_tokens: null,
      error: null,
      seed: 1,
      metadata: metadataOf(call.body),
      sim_made_at: Date.now(),
      sim_suffix: call.body.suffix ?? "",
      sim_slow: call.betweenMs > 0,
    });
    give(call, jobNow(call, job));
  },
  "fine_tuning.jobs.list": (call) =>
    giveList(
      call,
      call.store.list("fine_tuning_job").map((job) => jobNow(call, job)),
    ),
  "fine_tuning.jobs.retrieve": (call) => withJob(call, (job) => give(call, jobNow(call, job))),
  "fine_tuning.jobs.cancel": (call) => withJob(call, (job) => set(call, job, { sim_status: "cancelled" })),
  "fine_tuning.jobs.pause": (call) => withJob(call, (job) => set(call, job, { sim_status: "paused" })),
  "fine_tuning.jobs.resume": (call) =>
    withJob(call, (job) => set(call, job, { sim_status: undefined, sim_made_at: Date.now() })),
  "fine_tuning.jobs.list_events": (call) =>
    withJob(call, (job) => {
      const { status } = jobNow(call, job);
      giveList(call, [
        event(job, 1, "Created fine-tuning job"),
        event(job, 2, `The job is ${String(status)}`),
      ]);
    }),
  "fine_tuning.checkpoints.list": (call) =>
    withJob(call, (job) => {
      const { fine_tuned_model } = jobNow(call, job);
      const checkpoint = {
        id: `ftckpt_${job.id.slice(6)}`,
        object: "fine_tuning.job.checkpoint",
        created_at: job.created_at,
        fine_tuned_model_checkpoint: `${String(fine_tuned_model)}:ckpt-step-10`,
        fine_tuning_job_id: job.id,
        metrics: { step: 10, train_loss: 0.5 },
        step_number: 10,
      };
      giveList(call, fine_tuned_model === null ? [] : [checkpoint]);
    }),
};

function withJob(call: ApiCall, then: (job: StoredObject) => void): void {
  const job = found(call, "fine_tuning_job", call.ids[0]);
  if (job) then(job);
}

function set(call: ApiCall, job: StoredObject, members: Record<string, unknown>): void {
  const changed = call.store.change("fine_tuning_job", job.id, members);
  if (changed) give(call, jobNow(call, changed));
}

function event(job: StoredObject, n: number, message: string) {
  return {
    id: `ftevent-${job.id.slice(6)}${n}`,
    object: "fine_tuning.job.event",
    created_at: job.created_at,
    level: "info",
    message,
    type: "message",
  };
}

/** A job as it stands: validated, queued, running and succeeded as time goes by. */
function jobNow(call: ApiCall, job: StoredObject): Record<string, unknown> {
  const slow = job.sim_slow === true ? 40 : 1;
  const status =
    typeof job.sim_status === "string"
      ? job.sim_status
      : stateByAge(job, [
          [0, "validating_files"],
          [30 * slow, "queued"],
          [80 * slow, "running"],
          [200 * slow, "succeeded"],
        ]);
  const finished = status === "succeeded" && job.fine_tuned_model === null ? finish(call, job) : job;
  return shown({ ...finished, status });
}

function finish(call: ApiCall, job: StoredObject): StoredObject {
  const content = Buffer.from("step,train_loss\n10,0.5\n");
  const file = addFile(call.store, {
    name: "step_metrics.csv",
    purpose: "fine-tune-results",
    bytes: content.byteLength,
    content,
  });
  const suffix = typeof job.sim_suffix === "string" ? job.sim_suffix : "";
  const done = {
    fine_tuned_model: `ft:${String(job.model)}:simulated:${suffix}:${job.id.slice(6, 14)}`,
    finished_at: nowSeconds(),
    result_files: [file.id],
    trained_tokens: 1_000,
  };
  return call.store.change("fine_tuning_job", job.id, done) ?? job;
}
