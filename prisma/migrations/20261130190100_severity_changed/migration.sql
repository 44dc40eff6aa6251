-- The history of a case says when what was declared of its application moved its severity.
ALTER TABLE "finding_event" DROP CONSTRAINT "finding_event_kind";
ALTER TABLE "finding_event" ADD CONSTRAINT "finding_event_kind"
  CHECK ("kind" IN ('opened', 'acknowledged', 'investigating', 'assigned', 'resolved', 'reopened', 'commented', 'severity_changed',
    'exception_requested', 'exception_approved', 'exception_rejected', 'exception_withdrawn', 'exception_ended', 'exception_expired'));
