import type { UsedObject } from "../../calls/provider-object.ts";
import type { GoldenCase } from "./situation.ts";

const european: UsedObject = { kind: "file", id: "file-eu", birth: { region: "eu", grade: "C" } };
const american: UsedObject = { kind: "file", id: "file-us", birth: { region: "us", grade: "C" } };
const placeless: UsedObject = { kind: "file", id: "file-global", birth: { region: "global", grade: "C" } };
const british: UsedObject = { kind: "response", id: "resp_gb", birth: { region: "gb", grade: "C" } };
const logged: UsedObject = { kind: "file", id: "file-log", birth: { region: "us", grade: "D" } };
const labelled: UsedObject = { kind: "file", id: "file-label", birth: { region: "us", grade: "E" } };
const weaklyEuropean: UsedObject = { kind: "file", id: "file-weak", birth: { region: "eu", grade: "E" } };
const unknown: UsedObject = { kind: "file", id: "file-x", birth: null };

/** Stored objects that a call uses, and where they were born. */
// biome-ignore format: one line per case
export const resources: readonly GoldenCase[] = [
  ["an object of which nothing but its field is known", { op: "responses", refs: ["file_id"], pin: "eu" }, "unverifiable resource_birth_unknown", "storage ?, handling ?"],
  ["an earlier response of which nothing is known", { op: "responses", store: false, refs: ["previous_response_id"], pin: "eu" }, "unverifiable resource_birth_unknown"],
  ["the same, pin unknown: what names stored objects needs one", { op: "responses", store: false, refs: ["conversation"] }, "unverifiable pin_unknown resource_birth_unknown +project_not_pinned"],
  ["a stored prompt of which nothing is known", { op: "responses", refs: ["prompt"], pin: "eu" }, "unverifiable resource_birth_unknown"],
  ["a file born in Europe", { op: "responses", refs: ["file_id"], objects: [european], pin: "eu" }, "within in_region", "storage eu:C"],
  ["a file born in the United States", { op: "responses", refs: ["file_id"], objects: [american], pin: "eu" }, "outside observed resource_born_elsewhere"],
  ["a file born at the global host", { op: "responses", refs: ["file_id"], objects: [placeless], pin: "eu" }, "outside observed resource_born_elsewhere", "storage ?, handling ?"],
  ["a file whose birth was not recorded", { op: "responses", refs: ["file_id"], objects: [unknown], pin: "eu" }, "unverifiable resource_birth_unknown", "storage ?, handling ?"],
  ["one known and one unknown", { op: "responses", refs: ["file_id"], objects: [european, unknown], pin: "eu" }, "unverifiable resource_birth_unknown"],
  ["one born elsewhere and one unknown: the first is enough", { op: "responses", refs: ["file_id"], objects: [american, unknown], pin: "eu" }, "outside observed resource_born_elsewhere"],
  ["a birth that a log tells", { op: "responses", refs: ["file_id"], objects: [logged], pin: "eu" }, "outside reported resource_born_elsewhere"],
  ["a birth that a label tells is too weak to flag", { op: "responses", refs: ["file_id"], objects: [labelled], pin: "eu" }, "unverifiable resource_birth_unknown"],
  ["a birth that a label tells is too weak to clear", { op: "responses", refs: ["file_id"], objects: [weaklyEuropean], pin: "eu" }, "unverifiable resource_birth_unknown"],
  ["a field that names an object nobody found", { op: "responses", refs: ["file_id"], objects: [], pin: "eu" }, "unverifiable resource_birth_unknown"],
  ["a file born elsewhere, used on a host that only a log names", { op: "responses", refs: ["file_id"], objects: [american], grade: "D", pin: "eu" }, "outside reported resource_born_elsewhere"],
  ["a file born elsewhere, where inference alone is asked for", { policy: "inference eu", op: "responses", refs: ["file_id"], objects: [american], pin: "eu" }, "within in_region"],
  ["a file born elsewhere, where storage alone is asked for", { policy: "rest eu", op: "responses", refs: ["file_id"], objects: [american], pin: "eu" }, "outside observed resource_born_elsewhere"],
  ["a file of unknown birth, where no place is asked for", { policy: "open", host: "global", op: "responses", refs: ["file_id"], objects: [unknown] }, "within permitted"],
  ["a file of unknown birth, where the global host is accepted", { policy: "accepted", host: "us", op: "responses", refs: ["file_id"], objects: [unknown], pin: "us" }, "within permitted"],
  ["a file born in the other of two allowed regions", { policy: "eu and us", op: "responses", refs: ["file_id"], objects: [american], pin: "eu" }, "within in_region"],
  ["a file born in a third region", { policy: "eu and us", op: "responses", refs: ["file_id"], objects: [british], pin: "eu" }, "outside observed resource_born_elsewhere"],
  ["a response that is read back and was made here", { op: "responseRead", objects: [{ kind: "response", id: "resp_1", birth: { region: "eu", grade: "C" } }], pin: "eu" }, "within in_region"],
  ["a response that is read back and was made in the United Kingdom", { op: "responseRead", objects: [british], pin: "eu" }, "outside observed resource_born_elsewhere"],
  ["a response that is read back, birth unknown", { op: "responseRead", objects: [{ kind: "response", id: "resp_1", birth: null }], pin: "eu" }, "unverifiable resource_birth_unknown"],
  ["a file that is downloaded and was made elsewhere", { op: "fileContent", objects: [american], pin: "eu" }, "outside observed resource_born_elsewhere"],
  ["a file that is downloaded and was made here", { op: "fileContent", objects: [european], pin: "eu" }, "within permitted"],
  ["a vector store that is searched, birth unknown", { op: "vectorSearch", objects: [{ kind: "vector_store", id: "vs_1", birth: null }], pin: "eu" }, "unverifiable resource_birth_unknown"],
  ["fine-tuning from a file that was made elsewhere", { op: "fineTuning", objects: [american], pin: "eu" }, "outside observed resource_born_elsewhere"],
  ["fine-tuning from a file that was made here", { op: "fineTuning", objects: [european], pin: "eu" }, "within in_region"],
  ["a deletion of an object born elsewhere carries no content", { op: "fileDelete", objects: [american], pin: "eu" }, "none no_content"],
  ["an object born elsewhere, on a host outside policy: the host is named", { op: "responses", host: "us", objects: [american] }, "outside observed host_out_of_region"],
  ["a British file under the British policy", { policy: "gb", host: "gb", op: "responses", refs: ["previous_response_id"], objects: [british], pin: "gb storage" }, "within in_region"],
  ["a European file under the British policy", { policy: "gb", host: "gb", op: "responses", refs: ["file_id"], objects: [european], pin: "gb storage" }, "outside observed resource_born_elsewhere"],
  ["a file born elsewhere, used at a name of OpenAI's that nobody places: what is known counts", { host: "eu2.api.openai.com", op: "responses", refs: ["file_id"], objects: [american], pin: "eu" }, "outside observed resource_born_elsewhere", "storage ?"],
  ["a file born here, used at a name of OpenAI's that nobody places", { host: "eu2.api.openai.com", op: "responses", refs: ["file_id"], objects: [european], pin: "eu" }, "unverifiable host_unclassified"],
];
