/** What an intact record does not say. It stands on the page even when there is nothing to say against the record. */
export function LedgerLimits() {
  return (
    <section aria-label="What an intact record does not say" className="text-muted text-sm">
      <h2 className="font-medium text-ink">What an intact record does not say</h2>
      <ul className="list-disc pt-1 pl-5">
        <li>
          That it cannot be changed. It is tamper-evident: a change below a checkpoint you hold contradicts
          that checkpoint. Keep one outside this deployment, and every later one must agree with it.
        </li>
        <li>
          That every call is in it. Calls that passed no gateway and no log that Domicile reads are in no
          record; what gateways issued and what was recorded is balanced by the heartbeats in the log.
        </li>
        <li>That what was recorded was within policy. Whole and compliant are two questions.</li>
      </ul>
    </section>
  );
}
