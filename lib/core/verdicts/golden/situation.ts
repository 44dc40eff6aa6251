import type { AttemptFacts } from "../../calls/attempt-facts.ts";
import type { BatchLineGroup } from "../../calls/batch-lines.ts";
import type { CallEnd, CallFacts, CallSource } from "../../calls/call-facts.ts";
import type { DeploymentSku } from "../../calls/deployment-facts.ts";
import type { Grade } from "../../calls/evidence.ts";
import type { UsedObject } from "../../calls/provider-object.ts";
import type { Pin, Policy } from "../../policies/policy.ts";
import type { OperationName } from "./operations.ts";
import type { PolicyName } from "./policies.ts";

/** One dial, in the words of the table. What is not said is a request sent whole and answered with 200. */
export type Dial = {
  /** A region's code, `global`, or a whole name; `eu` where nothing is said. */
  readonly host?: string;
  /** How well the host is known: C on our own socket where nothing is said. */
  readonly grade?: Grade;
  /** False: a record that shows no socket of its own. */
  readonly peer?: false | { readonly name?: string; readonly verified?: boolean };
  readonly progress?: AttemptFacts["progress"];
  readonly status?: number | null;
  readonly code?: string;
  readonly redirect?: string;
  /** Airport code of the edge that answered. */
  readonly edge?: string;
  /** `openai-project` of the answer. */
  readonly project?: string;
  /** `x-ms-region` of the answer. */
  readonly msRegion?: string;
};

/** A situation, as far as it differs from a European tenant's plain chat call on the European host. */
export type Given = Dial & {
  readonly policy?: PolicyName;
  readonly change?: Partial<Policy>;
  readonly op?: OperationName;
  /** Model that was asked for and answered; null: neither is known. */
  readonly model?: string | null;
  /** Model that was asked for where the answer named another, or none (`answered: null`). */
  readonly asked?: string | null;
  readonly answered?: string | null;
  readonly store?: boolean;
  readonly background?: boolean;
  readonly tier?: string;
  readonly offered?: readonly string[];
  readonly used?: readonly string[];
  /** Names of request fields that use stored objects. */
  readonly refs?: readonly string[];
  readonly objects?: readonly UsedObject[];
  readonly lines?: readonly BatchLineGroup[];
  /** What is recorded of the deployment that the call named. */
  readonly sku?: DeploymentSku | null;
  readonly unreadable?: readonly string[];
  readonly request?: CallFacts["requestBody"];
  readonly answer?: CallFacts["responseBody"];
  readonly subject?: string;
  readonly relay?: string;
  readonly known?: "all" | "last_only";
  /** `eu`, `gb storage`, `global`; unknown where nothing is said. */
  readonly pin?: string;
  readonly pinBy?: Pin["source"];
  readonly pinProject?: string;
  /** Dials after the first one. */
  readonly next?: readonly Dial[];
  /** True: no attempt was recorded at all. */
  readonly undialled?: true;
  /** Code of the gateway's own refusal. */
  readonly refused?: string;
  readonly end?: CallEnd;
  readonly source?: CallSource;
  /** Catalog with rows that an admin recorded. */
  readonly catalog?: "recorded";
};

/**
 * One line of the golden table: the situation in words, what is given, and what is expected: the word of
 * the verdict, then the band of a compliant call or the basis of a violation, then the reasons, then the
 * standing causes, each after a plus. Where a fourth part is there, it says claims.
 *
 * `within`, `outside`, `unverifiable`, `stopped`, `none` (not applicable). A claim is the name, the place
 * (`eu` for the countries of a region, `DE` for a country, `?` undetermined, `-` nothing of the kind) and
 * the grade: `inference eu:C`.
 */
export type GoldenCase = readonly [situation: string, given: Given, expected: string, claims?: string];
