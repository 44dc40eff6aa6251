-- A histogram is one number (docs/decisions/0019): bucket i, from 0, counts 10^(12 i). What was counted in arrays is kept
-- exactly. Both tables are written anew, once.
DO $pack$
DECLARE
  target text;
  packed text;
BEGIN
  SELECT string_agg(format('coalesce(%%1$s[%s], 0) * 1e%s', i + 1, 12 * i), ' + ') INTO packed FROM generate_series(0, 60) AS i;
  FOREACH target IN ARRAY ARRAY['rollup_hour', 'rollup_day'] LOOP
    EXECUTE format(
      'ALTER TABLE %I ALTER COLUMN latency TYPE numeric USING %s, ALTER COLUMN ttft TYPE numeric USING %s,
         ALTER COLUMN latency SET NOT NULL, ALTER COLUMN ttft SET NOT NULL',
      target, format(packed, 'latency'), format(packed, 'ttft'));
  END LOOP;
END
$pack$;

DROP AGGREGATE histogram_sum(integer[]);
DROP FUNCTION histogram_add(integer[], integer[]);
