import type { FindingDetail } from "../../lib/contracts/findings.ts";
import { needsAnalysis } from "../../lib/core/findings/effectiveness.ts";
import { rootCauseWords } from "../../lib/core/findings/root-cause.ts";
import { SaidBy } from "../decisions/said-by.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { AnalysisDialog } from "./analysis-dialog.tsx";

/** What caused the case and what keeps it from coming again. Nothing of a reminder, which has no such cause. */
export function AnalysisSection({ finding }: { finding: FindingDetail }) {
  const { analysis } = finding;
  if (analysis === null && !needsAnalysis(finding.cause, "config_fix")) return null;
  return (
    <Section
      action={<AnalysisDialog finding={finding} />}
      note={
        analysis !== null && analysis.version > 1
          ? `Corrected; version ${analysis.version}. Those before stand in the history.`
          : null
      }
      title="Cause and corrective action"
    >
      {analysis === null ? (
        <p className="p-4 text-muted text-sm">
          {finding.state === "resolved"
            ? "Nobody has stated them."
            : "Nobody has stated them yet. They are asked for when the finding is resolved."}
        </p>
      ) : (
        <DefinitionList
          className="px-4"
          items={[
            { term: "Root cause", value: rootCauseWords[analysis.rootCause].title },
            {
              term: "How it came about",
              value: <p className="whitespace-pre-wrap">{analysis.explanation}</p>,
            },
            {
              term: "Corrective action",
              value: <p className="whitespace-pre-wrap">{analysis.action}</p>,
            },
            { term: "Carried out by", value: analysis.actionOwner },
            { term: "By the end of", value: <Time at={analysis.actionDueAt} precision="day" /> },
            { term: "Stated by", value: <SaidBy at={analysis.at} by={analysis.by} /> },
          ]}
        />
      )}
    </Section>
  );
}
