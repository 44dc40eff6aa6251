-- Rollups are counted again from the calls where the two differ: the worker replaces the rows of an hour and of its day.
DO $policies$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['rollup_hour', 'rollup_day'] LOOP
    EXECUTE format('CREATE POLICY delete_tenant ON %I FOR DELETE TO domicile_worker USING (tenant_id = (SELECT writable_tenant()))', target);
    EXECUTE format('GRANT DELETE ON %I TO domicile_worker', target);
  END LOOP;
END
$policies$;
