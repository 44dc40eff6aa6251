-- As sum() of the same numbers, for many groups at once: sum() makes a state of two kilobytes for each, this one a number.
CREATE AGGREGATE histogram_sum(numeric) (
  SFUNC = numeric_add, STYPE = numeric, COMBINEFUNC = numeric_add, PARALLEL = SAFE
);
