-- Calls and attempts are written by one verb, in one transaction, out of one record; the ledger's entry of a call holds its
-- attempts, and the check of rows against entries names one that is missing, changed or of no call. To look each call up
-- again would read, on a table that was not yet analysed, every call of the tenant for every attempt.
DROP TRIGGER of_calls ON "attempt";
DROP FUNCTION attempts_have_calls();
