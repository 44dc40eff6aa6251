-- Months that end: a whole month goes when no tenant keeps it, else a tenant's rows go one by one. Who may decide that is
-- the business of the verb that calls these; what they can do at all is here.
--
-- The retention role is nobody's login. Two functions run as it, and it is the only one whose deletes are not refused.
DO $roles$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'domicile_retention') THEN
    BEGIN
      CREATE ROLE domicile_retention NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- another database of this server was migrated at the same moment
    END;
  END IF;
END
$roles$;
GRANT USAGE, CREATE ON SCHEMA public TO domicile_retention;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
  AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_user = 'domicile_retention' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% of "%" is refused: its rows are never changed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- From when on a tenant's rows are still there. Written by retention alone, in the transaction that deletes.
CREATE TABLE "retention_mark" (
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "deleted_before" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_mark_pkey" PRIMARY KEY ("tenant_id","kind"),
    CONSTRAINT "retention_mark_kind" CHECK ("kind" IN ('call', 'ledger'))
);
ALTER TABLE "retention_mark" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "retention_mark" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "retention_mark" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
GRANT SELECT ON "retention_mark" TO domicile_web, domicile_worker;

DO $policies$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['call', 'attempt', 'late_outcome', 'corroboration', 'ledger_body', 'ledger_opening'] LOOP
    EXECUTE format('CREATE POLICY retention_reads ON %I FOR SELECT TO domicile_retention USING (true)', target);
    EXECUTE format('CREATE POLICY retention_deletes ON %I FOR DELETE TO domicile_retention USING (true)', target);
    EXECUTE format('GRANT SELECT, DELETE ON %I TO domicile_retention', target);
  END LOOP;
END
$policies$;
CREATE POLICY retention_marks ON "retention_mark" FOR ALL TO domicile_retention USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON "retention_mark" TO domicile_retention;
GRANT SELECT ON "tenant" TO domicile_retention;

-- A month that retention may touch has been over for a month: what was begun in it has been recorded by then.
CREATE FUNCTION check_expired_month(month timestamptz) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public
  AS $$
BEGIN
  IF month <> date_trunc('month', month, 'UTC') OR (month AT TIME ZONE 'UTC' + interval '2 months') AT TIME ZONE 'UTC' > now() THEN
    RAISE EXCEPTION '% does not begin a month that may be deleted', month USING ERRCODE = '22008';
  END IF;
END $$;

-- Which tenants have rows in a month, the deployment's own log (the nil UUID) included. `kind`: 'call' by the start of
-- calls, 'ledger' by when entries were appended.
CREATE FUNCTION tenants_of_month(kind text, month timestamptz) RETURNS uuid[]
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
DECLARE
  until timestamptz := (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
  found uuid[];
BEGIN
  IF kind = 'call' THEN
    SELECT array_agg(t.id) INTO found FROM public.tenant t
     WHERE EXISTS (SELECT FROM call c WHERE c.tenant_id = t.id AND c.started_at >= month AND c.started_at < until)
        OR EXISTS (SELECT FROM attempt a WHERE a.tenant_id = t.id AND a.started_at >= month AND a.started_at < until);
  ELSIF kind = 'ledger' THEN
    SELECT array_agg(t.id) INTO found
      FROM (SELECT id FROM public.tenant UNION ALL SELECT '00000000-0000-0000-0000-000000000000') t
     WHERE EXISTS (SELECT FROM ledger_body b WHERE b.tenant_id = t.id AND b.appended_at >= month AND b.appended_at < until)
        OR EXISTS (SELECT FROM ledger_opening o WHERE o.tenant_id = t.id AND o.appended_at >= month AND o.appended_at < until);
  ELSE
    RAISE EXCEPTION 'no kind of month: %', kind USING ERRCODE = '22023';
  END IF;
  RETURN coalesce(found, '{}');
END $$;

-- How many rows lie in the default partitions, where none should: of each at most a thousand are counted.
CREATE FUNCTION rows_without_month() RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT (SELECT count(*) FROM (SELECT FROM call WHERE tableoid = 'call_default'::regclass LIMIT 1000) a)
         + (SELECT count(*) FROM (SELECT FROM attempt WHERE tableoid = 'attempt_default'::regclass LIMIT 1000) b)
         + (SELECT count(*) FROM (SELECT FROM ledger_body WHERE tableoid = 'ledger_body_default'::regclass LIMIT 1000) c)
         + (SELECT count(*) FROM (SELECT FROM ledger_opening WHERE tableoid = 'ledger_opening_default'::regclass LIMIT 1000) d)
  $$;

-- Deletes at most so many of a tenant's calls (or entries' bytes) of one month, with what hangs on them, and says how many;
-- fewer than asked for: none is left. The mark moves with the first.
CREATE FUNCTION delete_month_rows(kind text, tenant uuid, month timestamptz, at_most integer) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
DECLARE
  until timestamptz := (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
  last_at timestamptz;
  deleted bigint;
BEGIN
  PERFORM check_expired_month(month);
  INSERT INTO retention_mark AS m (tenant_id, kind, deleted_before) VALUES (tenant, delete_month_rows.kind, until)
    ON CONFLICT ON CONSTRAINT retention_mark_pkey DO UPDATE SET deleted_before = greatest(m.deleted_before, excluded.deleted_before);
  IF kind = 'call' THEN
    -- Whole milliseconds, so that no call loses its attempts alone.
    SELECT max(started_at) INTO last_at FROM (SELECT started_at FROM call c
       WHERE c.tenant_id = tenant AND c.started_at >= month AND c.started_at < until
       ORDER BY c.started_at, c.id LIMIT at_most) oldest;
    last_at := coalesce(last_at, until - interval '1 millisecond');
    DELETE FROM attempt a WHERE a.tenant_id = tenant AND a.started_at >= month AND a.started_at < until AND a.started_at <= last_at;
    DELETE FROM late_outcome l WHERE l.tenant_id = tenant AND l.started_at >= month AND l.started_at <= last_at;
    DELETE FROM corroboration r WHERE r.tenant_id = tenant AND r.started_at >= month AND r.started_at <= last_at;
    DELETE FROM call c WHERE c.tenant_id = tenant AND c.started_at >= month AND c.started_at < until AND c.started_at <= last_at;
    GET DIAGNOSTICS deleted = ROW_COUNT;
  ELSIF kind = 'ledger' THEN
    SELECT max(appended_at) INTO last_at FROM (SELECT appended_at FROM ledger_body b
       WHERE b.tenant_id = tenant AND b.appended_at >= month AND b.appended_at < until
       ORDER BY b.epoch, b.index LIMIT at_most) oldest;
    last_at := coalesce(last_at, until - interval '1 millisecond');
    DELETE FROM ledger_opening o WHERE o.tenant_id = tenant AND o.appended_at >= month AND o.appended_at < until AND o.appended_at <= last_at;
    DELETE FROM ledger_body b WHERE b.tenant_id = tenant AND b.appended_at >= month AND b.appended_at < until AND b.appended_at <= last_at;
    GET DIAGNOSTICS deleted = ROW_COUNT;
  ELSE
    RAISE EXCEPTION 'no kind of month: %', kind USING ERRCODE = '22023';
  END IF;
  RETURN deleted;
END $$;

-- Says of tenants that their rows before a moment are gone.
CREATE FUNCTION mark_deleted(kind text, tenants uuid[], until timestamptz) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    INSERT INTO retention_mark AS m (tenant_id, kind, deleted_before)
    SELECT t, mark_deleted.kind, until FROM unnest(tenants) AS t ORDER BY t
    ON CONFLICT ON CONSTRAINT retention_mark_pkey DO UPDATE SET deleted_before = greatest(m.deleted_before, excluded.deleted_before)
  $$;

-- Drops a month when everybody who has rows there is among `expired`. Answers 'dropped', 'kept' where somebody else's rows
-- are in it, 'absent' where there is no such month. Runs as the owner: only he can drop. It waits three seconds at most
-- for those who read or record, and is asked again later.
CREATE FUNCTION drop_month(kind text, month timestamptz, expired uuid[]) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET lock_timeout = '3s'
  AS $$
DECLARE
  parents text[] := CASE kind WHEN 'call' THEN ARRAY['call', 'attempt'] WHEN 'ledger' THEN ARRAY['ledger_body', 'ledger_opening'] END;
  parent text;
  part text;
  present uuid[];
  dropped boolean := false;
BEGIN
  PERFORM check_expired_month(month);
  IF parents IS NULL THEN
    RAISE EXCEPTION 'no kind of month: %', kind USING ERRCODE = '22023';
  END IF;
  -- Nobody can record into the month between the look and the drop.
  FOREACH parent IN ARRAY parents LOOP
    EXECUTE format('LOCK TABLE ONLY public.%I IN ACCESS EXCLUSIVE MODE', parent);
  END LOOP;
  present := tenants_of_month(kind, month);
  IF NOT present <@ expired THEN
    RETURN 'kept';
  END IF;
  FOREACH parent IN ARRAY parents LOOP
    part := parent || '_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
    IF to_regclass('public.' || quote_ident(part)) IS NOT NULL THEN
      EXECUTE format('DROP TABLE public.%I', part);
      dropped := true;
    END IF;
  END LOOP;
  PERFORM mark_deleted(kind, present, (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
  RETURN CASE WHEN dropped THEN 'dropped' ELSE 'absent' END;
END $$;

-- Every month that has a table, oldest first.
CREATE FUNCTION list_months(kind text) RETURNS TABLE (month timestamptz)
  LANGUAGE sql STABLE SET search_path = pg_catalog, public
  AS $$
    SELECT to_timestamp(right(c.relname, 7) || '_01 +00', 'YYYY_MM_DD TZH') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = (CASE kind WHEN 'call' THEN 'call' WHEN 'ledger' THEN 'ledger_body' END)::regclass AND c.relname ~ '_[0-9]{4}_[0-9]{2}$'
     ORDER BY 1
  $$;

-- To hand a function to a role one must be a member of it; a member is seen by its policies, so not for longer than this.
GRANT domicile_retention TO CURRENT_USER;
ALTER FUNCTION tenants_of_month(text, timestamptz) OWNER TO domicile_retention;
ALTER FUNCTION rows_without_month() OWNER TO domicile_retention;
ALTER FUNCTION delete_month_rows(text, uuid, timestamptz, integer) OWNER TO domicile_retention;
ALTER FUNCTION mark_deleted(text, uuid[], timestamptz) OWNER TO domicile_retention;
REVOKE ALL ON FUNCTION tenants_of_month(text, timestamptz), rows_without_month(), delete_month_rows(text, uuid, timestamptz, integer),
  mark_deleted(text, uuid[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_of_month(text, timestamptz), rows_without_month(), delete_month_rows(text, uuid, timestamptz, integer)
  TO domicile_worker;
DO $owner$
BEGIN
  EXECUTE format('GRANT EXECUTE ON FUNCTION tenants_of_month(text, timestamptz), mark_deleted(text, uuid[], timestamptz) TO %I', current_user);
END
$owner$;
REVOKE CREATE ON SCHEMA public FROM domicile_retention;
REVOKE domicile_retention FROM CURRENT_USER;
REVOKE ALL ON FUNCTION drop_month(text, timestamptz, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_month(text, timestamptz, uuid[]) TO domicile_worker;
