-- What recording a call costs, beside what it keeps (docs/decisions/0011-recording-apart-from-relaying.md).
--
-- An attempt is of a call: looked at once per statement. A foreign key to a partitioned table looks row by row, through
-- a plan over all months that, before a table was analysed, reads every call of the tenant.
ALTER TABLE "attempt" DROP CONSTRAINT "attempt_tenant_id_started_at_call_id_fkey";

CREATE FUNCTION attempts_have_calls() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$
DECLARE
  first_at timestamptz;
  last_at timestamptz;
  lost uuid;
BEGIN
  SELECT min(started_at), max(started_at) INTO first_at, last_at FROM added;
  -- The bounds keep every plan within the statement's own months and hours.
  SELECT a.call_id INTO lost
    FROM added a
    LEFT JOIN call c ON c.tenant_id = a.tenant_id AND c.started_at = a.started_at AND c.id = a.call_id
     AND c.started_at BETWEEN first_at AND last_at
   WHERE c.id IS NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'an attempt of call %, which is not there', lost USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER of_calls AFTER INSERT ON "attempt" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION attempts_have_calls();

-- Rows of two to eight kilobytes stay as they are: to compress them takes the server longer than all else it does for a
-- call. Whoever has more disk to save than time sets another target; nothing else changes with it.
DO $months$
DECLARE
  part regclass;
BEGIN
  FOR part IN SELECT inhrelid FROM pg_inherits
               WHERE inhparent IN ('call'::regclass, 'attempt'::regclass, 'ledger_body'::regclass) LOOP
    EXECUTE format('ALTER TABLE %s SET (toast_tuple_target = 8160)', part);
  END LOOP;
END
$months$;

-- As before, and new months likewise.
CREATE OR REPLACE FUNCTION create_call_months(from_at timestamptz, until_at timestamptz) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $months$
DECLARE
  first_month timestamptz := date_trunc('month', from_at, 'UTC');
  month timestamptz;
  parent text;
  part text;
  was_made boolean;
  made integer := 0;
BEGIN
  IF from_at < timestamptz '2023-01-01 00:00:00+00' OR until_at > now() + interval '400 days' THEN
    RAISE EXCEPTION 'no month of calls may lie there: % to %', from_at, until_at USING ERRCODE = '22008';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('domicile.create_call_months', 0));
  FOR i IN 0 .. 1200 LOOP
    month := (first_month AT TIME ZONE 'UTC' + make_interval(months => i)) AT TIME ZONE 'UTC';
    EXIT WHEN month >= until_at;
    was_made := false;
    FOREACH parent IN ARRAY ARRAY['call', 'attempt', 'ledger_body', 'ledger_opening'] LOOP
      part := parent || '_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
      IF to_regclass('public.' || quote_ident(part)) IS NULL THEN
        EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, parent);
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', part);
        EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', parent, part,
          to_char(month AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS+00'),
          to_char(month AT TIME ZONE 'UTC' + interval '1 month', 'YYYY-MM-DD HH24:MI:SS+00'));
        IF to_regprocedure('public.refuse_change()') IS NOT NULL THEN
          EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON public.%I EXECUTE FUNCTION public.refuse_change()', part);
          IF parent LIKE 'ledger%' THEN
            EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER keep_table', part);
          END IF;
        END IF;
        IF parent <> 'ledger_opening' THEN
          EXECUTE format('ALTER TABLE public.%I SET (toast_tuple_target = 8160)', part);
        END IF;
        was_made := true;
      END IF;
    END LOOP;
    made := made + was_made::integer;
  END LOOP;
  RETURN made;
END
$months$;
