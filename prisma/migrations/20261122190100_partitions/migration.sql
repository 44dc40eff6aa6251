-- The default partitions must stay empty: whoever records makes the month first. They are there so that a mistake
-- shows as a row in the wrong place and not as a lost call.
CREATE TABLE "call_default" PARTITION OF "call" DEFAULT;
CREATE TABLE "attempt_default" PARTITION OF "attempt" DEFAULT;

-- Makes the months that hold [from_at, until_at), attached with the lighter lock, closed to everybody by themselves:
-- rows are reached through the parent, whose row security holds. Runs as the owner, so that a process needs no DDL
-- right; the bounds keep a wrong clock from making thousands of tables. Returns how many months it made.
CREATE FUNCTION create_call_months(from_at timestamptz, until_at timestamptz) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $months$
DECLARE
  first_month timestamptz := date_trunc('month', from_at, 'UTC');
  month timestamptz;
  parent text;
  part text;
  made integer := 0;
BEGIN
  IF from_at < timestamptz '2023-01-01 00:00:00+00' OR until_at > now() + interval '400 days' THEN
    RAISE EXCEPTION 'no month of calls may lie there: % to %', from_at, until_at USING ERRCODE = '22008';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('domicile.create_call_months', 0));
  FOR i IN 0 .. 1200 LOOP
    month := (first_month AT TIME ZONE 'UTC' + make_interval(months => i)) AT TIME ZONE 'UTC';
    EXIT WHEN month >= until_at;
    FOREACH parent IN ARRAY ARRAY['call', 'attempt'] LOOP
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
        END IF;
        made := made + 1;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made / 2;
END
$months$;
REVOKE ALL ON FUNCTION create_call_months(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_call_months(timestamptz, timestamptz) TO domicile_gateway, domicile_worker;
